export { SkySign } from './sky-sign.js';
export {
  SkyAuthenticatedEvent,
  SkyBeforeCompleteEvent,
  SkyChangeEvent,
  SkyCloseEvent,
  SkyCompletedEvent,
  SkyDeclinedEvent,
  SkyErrorEvent,
  SkyExpiredEvent,
  SkyFieldSignedEvent,
  SkyLoadedEvent,
  SkyReadyEvent,
  SkySignedEvent,
  SkyStepChangeEvent,
  SkyViewedEvent,
} from './events.js';
export type { SigningStep } from './store/state.js';

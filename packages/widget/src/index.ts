import type { SkySign } from './sky-sign.js';

export { SkySign } from './sky-sign.js';
export {
  SkyAuthenticatedEvent,
  SkyBeforeCompleteEvent,
  SkyCancelEvent,
  SkyChangeEvent,
  SkyCloseEvent,
  SkyCompletedEvent,
  SkyDeclinedEvent,
  SkyDelegatedEvent,
  SkyErrorEvent,
  SkyExpiredEvent,
  SkyFieldClearedEvent,
  SkyFieldSignedEvent,
  SkyLoadedEvent,
  SkyReadyEvent,
  SkySignedEvent,
  SkyStepChangeEvent,
  SkyViewedEvent,
} from './events.js';
export type { SkySubject } from './events.js';
export type { Messages, SkyMessages } from './messages/messages.js';
export type { EndedReason, SigningStep } from './store/state.js';

declare global {
  interface HTMLElementTagNameMap {
    'sky-sign': SkySign;
  }
}

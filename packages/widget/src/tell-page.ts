import {
  SkyAuthenticatedEvent,
  SkyCancelEvent,
  SkyCompletedEvent,
  SkyDeclinedEvent,
  SkyDelegatedEvent,
  SkyErrorEvent,
  SkyExpiredEvent,
  SkySignedEvent,
  SkyStepChangeEvent,
  type SkySubject,
} from './events.js';
import { sessionOf, workOf, type Failure, type SigningState } from './store/state.js';

/** The person has pressed the last button, and the page has not heard yet what came of it. */
export function owesOutcome({ step }: SigningState): boolean {
  return step === 'completing' || step === 'sealing';
}

/** Turns a change of state into the events that the page may listen to. */
export function tellPage(element: EventTarget, next: SigningState, before: SigningState, subject: SkySubject): void {
  const tell = (event: Event): void => void element.dispatchEvent(event);
  const failure = failureIn(next);
  if (failure && failure !== failureIn(before)) tell(new SkyErrorEvent(subject, failure));
  if (next.step === before.step) return;
  tell(new SkyStepChangeEvent(subject, { step: next.step, before: before.step, reason: next.step === 'ended' ? next.reason : undefined }));
  const opened = before.step === 'opening' || before.step === 'access-code';
  if (opened && sessionOf(next)) tell(new SkyAuthenticatedEvent(subject));
  if (before.step === 'completing' && (next.step === 'completed' || next.step === 'sealing') && next.session.recipient.actedHere !== false) tell(new SkySignedEvent(subject, next.step === 'completed' ? 'signed' : 'sealing'));
  if (isAllDone(next)) tell(new SkyCompletedEvent(subject));
  if (next.step === 'declined' && !opened) tell(new SkyDeclinedEvent(subject));
  if (next.step === 'delegated' && !opened) tell(new SkyDelegatedEvent(subject));
  if (next.step === 'ended' && next.reason === 'paused') tell(new SkyCancelEvent(subject));
  if (next.step === 'ended' && (next.reason === 'expired' || next.reason === 'session' || next.reason === 'superseded')) tell(new SkyExpiredEvent(subject));
}

/** What is known of the person and the envelope; what one state knew, later ones need not say again. */
export function subjectOf(state: SigningState, before: SkySubject): SkySubject {
  if (state.step === 'opening') return {};
  if (state.step === 'access-code') return { sessionId: state.intro.sessionId };
  const session = sessionOf(state);
  return session ? { sessionId: session.sessionId, envelopeId: session.envelope.id, recipientId: session.recipient.id } : before;
}

function isAllDone(state: SigningState): boolean {
  return (state.step === 'completed' && state.session.envelope.status === 'completed') || (state.step === 'ended' && state.reason === 'completed');
}

const locked: Failure = { code: 'access_code_locked', message: 'Too many wrong access codes: the request is locked.', retryable: false, status: undefined };

function failureIn(state: SigningState): Failure | undefined {
  if (state.step === 'failed') return state;
  if (state.step === 'access-code' || state.step === 'choosing-signer') return state.error;
  if (state.step === 'locked') return locked;
  if (state.step === 'confirming') return state.error === 'still-loading' ? undefined : state.error;
  const work = workOf(state);
  const notice = state.step === 'completed' ? state.notice : work?.notice;
  return notice?.kind === 'error' ? notice : work?.saveError;
}

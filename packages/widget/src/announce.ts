import {
  SkyAuthenticatedEvent,
  SkyCompletedEvent,
  SkyDeclinedEvent,
  SkyErrorEvent,
  SkyExpiredEvent,
  SkySignedEvent,
  SkyStepChangeEvent,
} from './events.js';
import type { Messages } from './messages/messages.js';
import { checklistOf } from './store/checklist.js';
import { workOf, type SigningState } from './store/state.js';

/** Turns a change of state into the events that the page may listen to. */
export function tellPage(element: EventTarget, next: SigningState, before: SigningState): void {
  const error = errorOf(next);
  if (error && error !== errorOf(before)) element.dispatchEvent(new SkyErrorEvent(error));
  if (next.step === before.step) return;
  element.dispatchEvent(new SkyStepChangeEvent(next.step, before.step));
  const session = 'session' in next ? next.session : workOf(next)?.session;
  const opened = before.step === 'opening' || before.step === 'access-code';
  if (session && opened) element.dispatchEvent(new SkyAuthenticatedEvent(session.envelope.id));
  if (session && before.step === 'completing' && (next.step === 'completed' || next.step === 'sealing')) {
    element.dispatchEvent(new SkySignedEvent(session.envelope.id, next.step === 'completed' ? 'signed' : 'sealing'));
  }
  if (next.step === 'completed' && !opened) element.dispatchEvent(new SkyCompletedEvent(next.session.envelope.id));
  if (next.step === 'declined' && workOf(before)) element.dispatchEvent(new SkyDeclinedEvent());
  if (next.step === 'ended' && (next.reason === 'expired' || next.reason === 'session')) element.dispatchEvent(new SkyExpiredEvent());
}

function errorOf(state: SigningState): SkyErrorEvent['code'] | undefined {
  if (state.step === 'failed') return state.code;
  if (state.step === 'access-code') return state.error?.code;
  if (state.step === 'locked') return 'access_code_locked';
  if (state.step === 'confirming') return state.error === 'still-loading' ? undefined : state.error;
  const notice = workOf(state)?.notice;
  return notice?.kind === 'error' ? notice.code : undefined;
}

/** What a screen reader should say of a change; errors that have their own alert on the screen are not said twice. */
export function announce(next: SigningState, before: SigningState, messages: Messages): { polite?: string; assertive?: string } {
  if (next.step === 'completed' && before.step !== 'completed' && before.step !== 'opening') return { polite: messages.live.completed };
  const work = workOf(next);
  const problems = work?.problems;
  if (next.step === 'reviewing' && problems && problems.size > 0 && problems !== workOf(before)?.problems && next.work.current) {
    const list = checklistOf(next.work);
    const left = list.required - list.requiredDone;
    if (left > 0 && problems.size > 1) return { assertive: messages.bar.left(left) };
    const reason = problems.get(next.work.current);
    if (reason) return { assertive: messages.field.reason(reason) };
  }
  return {};
}

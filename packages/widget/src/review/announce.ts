import type { Messages } from '../messages/messages.js';
import { checklistOf } from '../store/checklist.js';
import { workOf, type SigningState } from '../store/state.js';

/** What a screen reader should say of a change; errors that have their own alert on the screen are not said twice. */
export function announce(next: SigningState, before: SigningState, messages: Messages): { polite?: string; assertive?: string } {
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

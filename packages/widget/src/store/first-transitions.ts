import type { SkySignError } from '@sky-sign/client';
import type { SessionIntro } from '@sky-sign/protocol';
import type { Failure, SigningState } from './state.js';

// Pure: what follows before an envelope is open, and when it cannot be opened any more.

export function introduced(intro: SessionIntro): SigningState {
  return { step: 'access-code', intro, busy: false, error: undefined };
}

export function failureOf({ code, message, retryable, status }: SkySignError): Failure {
  return { code, message, retryable, status };
}

/** Why the request cannot be opened, or cannot go on. */
export function refused(error: SkySignError): SigningState {
  const { problem } = error;
  switch (error.code) {
    case 'access_code_locked':
      return { step: 'locked', sender: problem?.sender, reference: undefined };
    case 'link_ended':
      return { step: 'ended', reason: problem?.state ?? 'unknown', sender: problem?.sender };
    case 'link_unknown':
    case 'not_found':
      return { step: 'ended', reason: 'unknown', sender: problem?.sender };
    case 'session_invalid':
      return { step: 'ended', reason: 'session', sender: problem?.sender };
    case 'session_superseded':
      return { step: 'ended', reason: 'superseded', sender: problem?.sender };
    case 'not_your_turn':
      return { step: 'waiting', recipients: [], sender: problem?.sender };
    default:
      return { step: 'failed', ...failureOf(error) };
  }
}

/** A wrong code, or another reason why the code could not be checked. */
export function codeRefused(state: SigningState, error: SkySignError): SigningState {
  if (state.step !== 'access-code') return state;
  if (error.code === 'access_code_locked') {
    return { step: 'locked', sender: error.problem?.sender ?? state.intro.sender, reference: state.intro.reference };
  }
  if (error.code === 'access_code_wrong' || error.retryable || error.code === 'request_invalid') {
    return { ...state, busy: false, error: { ...failureOf(error), triesLeft: error.problem?.triesLeft } };
  }
  return refused(error);
}

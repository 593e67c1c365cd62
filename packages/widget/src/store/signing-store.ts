import { enterAccessCode, openConnection, SkySignError, type Connection } from '@sky-sign/client';
import { asError, notLoaded } from './as-error.js';
import { begin, type BeginOptions } from './begin.js';
import type { EnvelopeStore } from './envelope-store.js';
import * as turn from './first-transitions.js';
import { workOf, type SigningState } from './state.js';
import { keepUnsaved } from './unsaved.js';

export type Listener = (state: SigningState, before: SigningState) => void;

export interface StartOptions extends Omit<BeginOptions, 'own'> {
  readonly server: string | undefined;
  /** Which of several elements on the page this is. */
  readonly place: string;
  readonly framed: boolean;
}

/** The one place where the journey's state lives; knows the client and no DOM. */
export interface SigningStore {
  readonly state: SigningState;
  /** What can be done once the envelope is open. */
  readonly envelope: EnvelopeStore | undefined;
  subscribe(listener: Listener): () => void;
  /** Goes on with the session of the last start where that is still the one meant. */
  start(options: StartOptions): Promise<void>;
  enterCode(code: string): Promise<void>;
  /** What is needed to go on is missing; another start may mend it. */
  fail(error: SkySignError): void;
}

export function createSigningStore(options: { fetch?: typeof fetch } = {}): SigningStore {
  const listeners = new Set<Listener>();
  let state: SigningState = { step: 'opening' };
  let connection: Connection | undefined;
  let envelope: EnvelopeStore | undefined;
  /** Work that was begun for an earlier start must not touch a later one. */
  let run = 0;
  /** What the last start came to that succeeded; `asked` where it was given a token, or a way to get one. */
  let own: { readonly server: string | undefined; readonly token: string | undefined; readonly asked: boolean; readonly sessionId: string | undefined } | undefined;

  function become(next: SigningState): void {
    if (next === state) return;
    const before = state;
    state = next;
    for (const listener of listeners) listener(next, before);
  }

  /** All that works on an open envelope is loaded now; a failed load is tried again at the next need. */
  async function openEnvelope(mine: number): Promise<EnvelopeStore | undefined> {
    const { createEnvelopeStore } = await import('./envelope-store.js').catch((error: unknown) => {
      throw notLoaded(error);
    });
    if (mine !== run || !connection) return undefined;
    envelope ??= createEnvelopeStore(connection, {
      state: () => state,
      become: (next) => mine === run && become(next),
      stopped: () => mine !== run,
    });
    return envelope;
  }

  async function start({ server, place, framed, ...beginOptions }: StartOptions): Promise<void> {
    const { token, getToken } = beginOptions;
    leave();
    const mine = run;
    become({ step: 'opening' });
    try {
      if (framed) throw new SkySignError('origin_not_allowed', 'The page stands in a frame of another site; set allow-frame to permit that.');
      const opened = await openConnection({ server, place, ...options });
      if (mine !== run) return;
      connection = opened;
      const same = own && own.server === server && (token === undefined ? own.asked || !getToken : own.token === token);
      const beginning = await begin(opened, { ...beginOptions, own: same ? own?.sessionId : undefined });
      if (mine !== run) return;
      own = { server, token, asked: token !== undefined || getToken !== undefined, sessionId: opened.remembered?.sessionId };
      if ('intro' in beginning) become(turn.introduced(beginning.intro));
      else (await openEnvelope(mine))?.resume(beginning.session);
    } catch (error) {
      if (mine === run) become(turn.refused(asError(error)));
    }
  }

  async function enterCode(code: string): Promise<void> {
    if (state.step !== 'access-code' || state.busy || !connection) return;
    const mine = run;
    become({ ...state, busy: true, error: undefined });
    try {
      const session = await enterAccessCode(connection, { accessCode: code });
      (await openEnvelope(mine))?.open(session);
    } catch (error) {
      if (mine === run) become(turn.codeRefused(state, asError(error)));
    }
  }

  /** What goes on with another token leaves nothing behind of the one before; what is not saved comes back with the same person. */
  function leave(): void {
    const work = workOf(state);
    if (work && envelope?.unsaved) keepUnsaved(work);
    void envelope?.flush();
    run += 1;
    envelope = undefined;
  }

  return {
    get state() {
      return state;
    },
    get envelope() {
      return envelope;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start,
    enterCode,
    fail: (error) => {
      leave();
      become(turn.refused(error));
    },
  };
}

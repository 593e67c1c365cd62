import {
  decline,
  delegate,
  enterAccessCode,
  getSession,
  isSkySignError,
  openConnection,
  reportEvent,
  saveDraft,
  SkySignError,
  type Connection,
} from '@sky-sign/client';
import type { Seal, SessionDocument, SigningSession } from '@sky-sign/protocol';
import type { DocumentBytes } from '../documents/document-bytes.js';
import { begin, type BeginOptions } from './begin.js';
import { checklistOf, neighbour, nextMissing } from './checklist.js';
import type { Documents } from './documents.js';
import { createDraftSaver } from './draft-saver.js';
import { workOf, type Notice, type SigningState } from './state.js';
import * as turn from './transitions.js';

/** The one place where the journey's state lives; knows the client and no DOM. */
export interface SigningStore {
  readonly state: SigningState;
  subscribe(listener: (state: SigningState, before: SigningState) => void): () => void;
  start(options: BeginOptions & { server: string | undefined; framed: boolean }): Promise<void>;
  enterCode(code: string): Promise<void>;
  setValue(fieldId: string, value: string | boolean): void;
  leaveField(fieldId: string): void;
  placeSeal(seal: Seal): void;
  chooseField(fieldId: string | undefined): void;
  /** Moves to the next required item that is missing; its field, or `undefined` when all are done. */
  nextItem(): string | undefined;
  neighbourItem(step: 1 | -1): string | undefined;
  chooseDocument(documentId: string): void;
  /** The document is on the screen: it counts as seen, and what is missing is loaded in the background. */
  documentPainted(documentId: string): void;
  bytesOf(document: SessionDocument): DocumentBytes | undefined;
  askCompletion(): void;
  backToReview(): void;
  complete(): Promise<void>;
  decline(reason: string): Promise<void>;
  delegate(to: { name: string; email: string }): Promise<void>;
  downloaded(documentId: string): void;
  view(viewing: boolean): void;
  notice(notice: Notice | undefined): void;
  /** Saves at once what has not been saved yet. */
  flush(): Promise<void>;
  stop(): void;
}

export function createSigningStore(options: { fetch?: typeof fetch } = {}): SigningStore {
  const listeners = new Set<(state: SigningState, before: SigningState) => void>();
  let state: SigningState = { step: 'opening' };
  let connection: Connection | undefined;
  let documents: Documents | undefined;
  /** Work that was begun for an earlier start must not touch a later one. */
  let run = 0;

  function become(next: SigningState): void {
    if (next === state) return;
    const before = state;
    state = next;
    for (const listener of listeners) listener(next, before);
  }

  const drafts = createDraftSaver(async () => {
    const work = workOf(state);
    if (!connection || !work || state.step !== 'reviewing') return;
    become(turn.saveTold(state, 'saving'));
    try {
      const values = [...work.values].map(([fieldId, value]) => ({ fieldId, value }));
      const { savedAt } = await saveDraft(connection, { values, seals: [...work.seals.values()] });
      become(turn.saveTold(state, 'idle', savedAt));
    } catch (error) {
      become(turn.saveTold(state, 'failed'));
      if (isSkySignError(error, 'envelope_state', 'link_ended')) await tellTruth();
      else if (isSkySignError(error, 'session_invalid')) become(turn.refused(error));
    }
  });

  /** What the server says now decides. */
  async function tellTruth(): Promise<void> {
    if (!connection) return;
    const mine = run;
    try {
      await take(await getSession(connection), mine);
    } catch (error) {
      if (mine === run) become(turn.refused(asError(error)));
    }
    void followSeal();
  }

  /** All that works on an open envelope; a failed load is tried again at the next need. */
  let work: ReturnType<typeof importWork> | undefined;
  function loadWork(): ReturnType<typeof importWork> {
    work ??= importWork().catch((error: unknown) => {
      work = undefined;
      throw new SkySignError('network_failed', 'A part of the element could not be loaded; try again.', { cause: error });
    });
    return work;
  }

  /** The envelope is open, or what is known of it has changed. */
  async function take(session: SigningSession, mine: number): Promise<void> {
    const { createDocuments } = await loadWork();
    if (mine !== run || !connection) return;
    documents ??= createDocuments(connection, {
      loaded: (id, loaded) => become(turn.documentShown(state, id, { loaded, failed: undefined })),
      hashed: (id, sha256) => become(turn.documentShown(state, id, { sha256, failed: undefined })),
      failed: (id, code) => become(turn.documentShown(state, id, { failed: code })),
    });
    become(turn.sessionTold(state, session));
  }

  async function followSeal(): Promise<void> {
    if (state.step !== 'sealing' || !connection) return;
    const mine = run;
    const { waitForSeal } = await loadWork();
    const session = await waitForSeal(connection, () => mine !== run);
    if (mine === run) become(session ? turn.sessionTold(state, session) : turn.refused(new SkySignError('session_invalid', 'The session ended while the server was sealing.')));
  }

  function hashAll(): void {
    const work = workOf(state);
    if (!documents || !work) return;
    const active = work.session.documents.filter(({ id }) => id === work.documentId);
    void documents.hashAll([...active, ...work.session.documents.filter(({ id }) => id !== work.documentId)]);
  }

  async function start({ server, framed, ...beginOptions }: Parameters<SigningStore['start']>[0]): Promise<void> {
    const mine = (run += 1);
    become({ step: 'opening' });
    try {
      if (framed) throw new SkySignError('origin_not_allowed', 'The page stands in a frame of another site; set allow-frame to permit that.');
      const opened = await openConnection({ server, ...options });
      if (mine !== run) return;
      connection = opened;
      documents = undefined;
      const beginning = await begin(opened, beginOptions);
      if (mine !== run) return;
      if ('intro' in beginning) become(turn.introduced(beginning.intro));
      else await take(beginning.session, mine);
      void followSeal();
    } catch (error) {
      if (mine === run) become(turn.refused(asError(error)));
    }
  }

  async function enterCode(code: string): Promise<void> {
    if (state.step !== 'access-code' || state.busy || !connection) return;
    const mine = run;
    become({ ...state, busy: true, error: undefined });
    try {
      await take(await enterAccessCode(connection, { accessCode: code }), mine);
    } catch (error) {
      if (mine === run) become(turn.codeRefused(state, asError(error)));
    }
    void followSeal();
  }

  async function completeWork(): Promise<void> {
    const next = turn.completionStarted(state);
    const mustHash = next.step === 'confirming' && next.error === 'still-loading';
    become(next);
    if (mustHash) hashAll();
    if (next.step !== 'completing' || !connection) return;
    const mine = run;
    try {
      await drafts.flush();
      const { completeOnce } = await loadWork();
      const outcome = await completeOnce(connection, next.work, {
        onPhase: (phase) => become(turn.completionPhase(state, phase)),
        stopped: () => mine !== run,
      });
      if (mine !== run || !outcome) return;
      if ('session' in outcome) become(turn.sessionTold(state, outcome.session));
      else await refuse(outcome.refused);
    } catch (error) {
      if (mine === run) become(turn.completionRefused(state, asError(error)));
    }
    void followSeal();
  }

  async function refuse(error: SkySignError): Promise<void> {
    become(turn.completionRefused(state, error));
    if (error.code === 'envelope_state') return tellTruth();
    if (error.code !== 'document_changed' || !connection) return;
    // New revisions: their appended bytes are fetched and shown, and the person is asked again.
    const notice = workOf(state)?.notice;
    await tellTruth();
    become(turn.noticed(state, notice));
    hashAll();
  }

  async function act(run: (open: Connection) => Promise<void>): Promise<void> {
    if (!connection) return;
    try {
      await run(connection);
      await tellTruth();
    } catch (error) {
      const failure = asError(error);
      if (failure.code === 'envelope_state' || failure.code === 'link_ended') await tellTruth();
      else become(turn.noticed(state, { kind: 'error', code: failure.code }));
    }
  }

  function tell(type: 'viewed' | 'downloaded', documentId: string): void {
    // An event that is lost must not get in the person's way.
    if (connection) reportEvent(connection, { type, documentId }).catch(() => undefined);
  }

  function chooseField(fieldId: string | undefined): void {
    become(turn.fieldChosen(state, fieldId));
  }

  return {
    get state() {
      return state;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start,
    enterCode,
    setValue: (fieldId, value) => {
      become(turn.valueSet(state, fieldId, value));
      drafts.changed();
    },
    leaveField: (fieldId) => become(turn.fieldLeft(state, fieldId)),
    placeSeal: (seal) => {
      become(turn.sealPlaced(state, seal));
      drafts.changed();
      void drafts.flush();
    },
    chooseField,
    nextItem: () => {
      const work = workOf(state);
      const id = work && nextMissing(checklistOf(work))?.field.id;
      if (id) chooseField(id);
      return id;
    },
    neighbourItem: (step) => {
      const work = workOf(state);
      const id = work && neighbour(checklistOf(work), step)?.field.id;
      if (id) chooseField(id);
      return id;
    },
    chooseDocument: (documentId) => become(turn.documentChosen(state, documentId)),
    documentPainted: (documentId) => {
      const first = !workOf(state)?.shown.get(documentId)?.viewed;
      if (!first || state.step === 'completed') return;
      become(turn.documentShown(state, documentId, { viewed: true }));
      tell('viewed', documentId);
      hashAll();
    },
    bytesOf: (document) => documents?.bytesOf(document),
    askCompletion: () => become(turn.completionAsked(state)),
    backToReview: () => become(turn.backToReview(state)),
    complete: completeWork,
    decline: (reason) => act((open) => decline(open, { reason })),
    delegate: (to) => act((open) => delegate(open, to)),
    downloaded: (documentId) => tell('downloaded', documentId),
    view: (viewing) => become(turn.viewingChosen(state, viewing)),
    notice: (notice) => become(turn.noticed(state, notice)),
    flush: () => drafts.flush(),
    stop: () => {
      run += 1;
      drafts.stop();
      listeners.clear();
    },
  };
}

/** A function of its own, so that its type can be named. */
function importWork() {
  return import('./work.js');
}

function asError(error: unknown): SkySignError {
  if (isSkySignError(error)) return error;
  return new SkySignError('answer_invalid', error instanceof Error ? error.message : String(error), { cause: error });
}

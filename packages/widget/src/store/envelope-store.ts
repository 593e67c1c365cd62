import { decline, delegate, getSession, isSkySignError, reportEvent, saveDraft, SkySignError, type Connection } from '@sky-sign/client';
import type { Seal, SessionDocument, SigningSession } from '@sky-sign/protocol';
import type { DocumentBytes } from '../documents/document-bytes.js';
import { asError } from './as-error.js';
import { checklistOf, neighbour, nextMissing } from './checklist.js';
import { completeOnce, waitForSeal } from './completion.js';
import { createDocuments } from './documents.js';
import { createDraftSaver } from './draft-saver.js';
import { createIdleWatch, type IdleWatch } from './idle-watch.js';
import { refused } from './first-transitions.js';
import { workOf, type Notice, type OtherAct, type SigningState, type Work } from './state.js';
import * as turn from './transitions.js';
import { keepUnsaved, takeUnsaved } from './unsaved.js';

/** What can be done with an open envelope. */
export interface EnvelopeStore {
  /** Something is filled in that the server does not have yet. */
  readonly unsaved: boolean;
  /** The access code was right. */
  open(session: SigningSession): void;
  /** Goes on with the session of before. */
  resume(session: SigningSession): void;
  /** 自分で署名する. */
  signOneself(): void;
  setValue(fieldId: string, value: string | boolean): void;
  leaveField(fieldId: string): void;
  clearField(fieldId: string): void;
  placeSeal(seal: Seal): void;
  chooseField(fieldId: string | undefined): void;
  /** Moves to the next required item that is missing; its field, or `undefined` when all are done. */
  nextItem(): string | undefined;
  neighbourItem(step: 1 | -1): string | undefined;
  chooseDocument(documentId: string): void;
  /** The document is on the screen: it counts as seen, and what is missing is loaded in the background. */
  documentPainted(documentId: string): void;
  bytesOf(document: SessionDocument): DocumentBytes;
  askCompletion(): void;
  dismiss(): void;
  /** Marks the confirmation while the page is asked; `undefined` unmarks it. */
  askPage(asked: symbol | undefined): void;
  complete(): Promise<void>;
  decline(reason: string): Promise<void>;
  delegate(to: { name: string; email: string }): Promise<void>;
  /** Saves, and leaves the envelope for now; where that does not work, says so. */
  pause(): Promise<void>;
  downloaded(documentId: string): void;
  view(viewing: boolean): void;
  notice(notice: Notice | undefined): void;
  /** The person is at work. */
  touched(): void;
  /** Stays, although nothing was done for long. */
  stay(): Promise<void>;
  /** Saves at once what has not been saved yet. */
  flush(): Promise<void>;
}

/** The store's state, as far as an envelope has a hand in it. */
interface Port {
  state(): SigningState;
  become(next: SigningState): void;
  /** The element has gone on to something else. */
  stopped(): boolean;
}

/** So long before a session ends its person is warned. */
const warnMs = 2 * 60_000;

/** A draft that is refused for what it holds: other than saying so, there is nothing to find out. */
const aboutContent: ReadonlySet<string> = new Set(['field_invalid', 'seal_invalid', 'request_invalid']);

const outcomes = {
  decline: { done: turn.declined, ended: 'declined' },
  delegate: { done: turn.delegated, ended: 'replaced' },
} as const;

export function createEnvelopeStore(connection: Connection, { state, become: goOn, stopped }: Port): EnvelopeStore {
  function become(next: SigningState): void {
    const work = workOf(state());
    if (work && isUnsaved(work) && next.step === 'ended' && next.reason === 'session') keepUnsaved(work);
    goOn(next);
  }

  let idle: IdleWatch | undefined;

  const isUnsaved = ({ saving }: Work): boolean => drafts.waiting || saving !== 'idle';

  const documents = createDocuments(connection, {
    loaded: (id, loaded) => become(turn.documentShown(state(), id, { loaded, failed: undefined })),
    hashed: (id, sha256) => become(turn.documentShown(state(), id, { sha256, failed: undefined })),
    failed: (id, code) => become(turn.documentShown(state(), id, { failed: code })),
  });

  const drafts = createDraftSaver(async () => {
    const now = state();
    const work = workOf(now);
    if (!work || stopped()) return true;
    // The completion carries it all; where that is refused, the draft is saved afterwards.
    if (now.step === 'completing') return false;
    become(turn.saveBegun(now));
    try {
      const values = [...work.values].map(([fieldId, value]) => ({ fieldId, value }));
      const { savedAt } = await saveDraft(connection, { values, seals: [...work.seals.values()] });
      become(turn.saved(state(), savedAt));
      idle?.used();
      return true;
    } catch (error) {
      // Meanwhile the person has declined, or handed it on.
      const unsaved = workOf(state());
      if (!unsaved) return true;
      become(turn.saveFailed(state(), asError(error)));
      const { code, retryable } = asError(error);
      // Whatever else the server says of the draft, it has to do with how the request stands.
      if (!retryable && !aboutContent.has(code)) await tellTruth();
      return !isSkySignError(error) || !error.retryable;
    }
  });

  function take(next: SigningState): void {
    if (next.step === 'reviewing') fetchEnds(next.work);
    become(next);
    void followSeal();
  }

  /** With what an earlier session in this page could not save. */
  function begin(session: SigningSession, told: typeof turn.sessionOpened): void {
    const mended = takeUnsaved(session);
    take(told(state(), mended ?? session));
    if (mended) drafts.changed();
    idle?.end();
    const { idleMs } = session.limits;
    idle = idleMs === undefined ? undefined : createIdleWatch({ idleMs, warnMs, stay: () => void stay(), warn: () => !stopped() && workOf(state()) && become(turn.noticed(state(), { kind: 'expiring' })) });
    idle?.used();
  }

  async function stay(): Promise<void> {
    if (stopped() || !workOf(state())) return;
    if (workOf(state())?.notice?.kind === 'expiring') become(turn.noticed(state(), undefined));
    try {
      await getSession(connection);
      idle?.used();
    } catch (error) {
      // What is only out of reach is tried again by whatever is done next.
      if (!asError(error).retryable) become(refused(asError(error)));
    }
  }

  function fetchEnds({ session, documentId }: Work): void {
    const document = session.documents.find(({ id }) => id === documentId);
    if (document) documents.fetchEnds(document);
  }

  /** What the server says now decides. */
  async function tellTruth(): Promise<void> {
    try {
      take(turn.sessionTold(state(), await getSession(connection)));
    } catch (error) {
      become(refused(asError(error)));
    }
  }

  async function followSeal(): Promise<void> {
    if (state().step !== 'sealing') return;
    const session = await waitForSeal(connection, stopped);
    if (session) become(turn.sessionTold(state(), session));
    else become(refused(new SkySignError('session_invalid', 'The session ended while the server was sealing.')));
  }

  function hashAll(): void {
    const work = workOf(state());
    if (!work) return;
    const active = work.session.documents.filter(({ id }) => id === work.documentId);
    void documents.hashAll([...active, ...work.session.documents.filter(({ id }) => id !== work.documentId)]);
  }

  async function complete(): Promise<void> {
    const next = turn.completionStarted(state());
    const mustHash = next.step === 'confirming' && next.error === 'still-loading';
    become(next);
    if (mustHash) hashAll();
    if (next.step !== 'completing') return;
    try {
      await drafts.flush();
      const outcome = await completeOnce(connection, next.work, { onPhase: (phase) => become(turn.completionPhase(state(), phase)), stopped });
      if (!outcome) return;
      if ('session' in outcome) take(turn.sessionTold(state(), outcome.session));
      else await refuse(outcome.refused);
    } catch (error) {
      become(turn.completionRefused(state(), asError(error)));
    }
  }

  async function refuse(error: SkySignError): Promise<void> {
    become(turn.completionRefused(state(), error));
    if (error.code === 'envelope_state') return tellTruth();
    if (error.code !== 'document_changed') return;
    // New revisions: their appended bytes are fetched and shown, and the person is asked again.
    const notice = workOf(state())?.notice;
    await tellTruth();
    become(turn.noticed(state(), notice));
    hashAll();
  }

  /** Runs what kills the link: what follows is known here, since the server would only say that it is dead. */
  async function act(name: OtherAct, run: () => Promise<void>): Promise<void> {
    const { done, ended } = outcomes[name];
    if (turn.actingIn(state())) return;
    const before = turn.actTried(state(), name);
    become(before);
    try {
      await run();
      become(done(before));
    } catch (error) {
      const failure = asError(error);
      // The answer to the first try was lost, but not the act.
      if (failure.problem?.state === ended) become(done(before));
      else if (failure.code === 'envelope_state' || failure.code === 'link_ended') {
        become(turn.actTried(state(), undefined));
        await tellTruth();
      } else become(turn.actRefused(state(), name, failure));
    }
  }

  function tell(type: 'viewed' | 'downloaded', documentId: string): void {
    // An event that is lost must not get in the person's way.
    reportEvent(connection, { type, documentId }).catch(() => undefined);
  }

  function changed(next: SigningState): void {
    drafts.changed();
    become(next);
  }

  function goTo(find: (list: ReturnType<typeof checklistOf>) => { readonly field: { readonly id: string } } | undefined): string | undefined {
    const work = workOf(state());
    const id = work && find(checklistOf(work))?.field.id;
    if (id) become(turn.fieldChosen(state(), id));
    return id;
  }

  return {
    get unsaved() {
      const now = state();
      return now.step === 'completing' || ('work' in now && isUnsaved(now.work));
    },
    open: (session) => begin(session, turn.sessionOpened),
    resume: (session) => begin(session, turn.sessionTold),
    signOneself: () => {
      const now = state();
      if (now.step === 'choosing-signer') become(turn.sessionTold(now, now.session));
    },
    setValue: (fieldId, value) => changed(turn.valueSet(state(), fieldId, value)),
    leaveField: (fieldId) => become(turn.fieldLeft(state(), fieldId)),
    clearField: (fieldId) => {
      changed(turn.fieldCleared(state(), fieldId));
      void drafts.flush();
    },
    placeSeal: (seal) => {
      changed(turn.sealPlaced(state(), seal));
      void drafts.flush();
    },
    chooseField: (fieldId) => become(turn.fieldChosen(state(), fieldId)),
    nextItem: () => goTo(nextMissing),
    neighbourItem: (step) => goTo((list) => neighbour(list, step)),
    chooseDocument: (documentId) => become(turn.documentChosen(state(), documentId)),
    documentPainted: (documentId) => {
      const first = !workOf(state())?.shown.get(documentId)?.viewed;
      if (!first || state().step === 'completed') return;
      become(turn.documentShown(state(), documentId, { viewed: true }));
      tell('viewed', documentId);
      hashAll();
    },
    bytesOf: (document) => documents.bytesOf(document),
    askCompletion: () => become(turn.completionAsked(state())),
    dismiss: () => become(turn.dismissed(state())),
    askPage: (asked) => become(turn.pageAsked(state(), asked)),
    complete,
    decline: (reason) => act('decline', () => decline(connection, { reason })),
    delegate: (to) => act('delegate', () => delegate(connection, to)),
    pause: async () => {
      await drafts.flush();
      const work = workOf(state());
      if (work?.saving === 'idle') become(turn.paused(state()));
      else if (work?.saveError) become(turn.noticed(state(), { kind: 'error', ...work.saveError }));
    },
    downloaded: (documentId) => tell('downloaded', documentId),
    view: (viewing) => become(turn.viewingChosen(state(), viewing)),
    notice: (notice) => become(turn.noticed(state(), notice)),
    touched: () => idle?.touched(),
    stay,
    flush: () => drafts.flush(),
  };
}

import type { SkySignError } from '@sky-sign/client';
import { checkSubmission, checkValue, type Field, type FieldReason, type Seal, type SigningSession } from '@sky-sign/protocol';
import { failureOf, refused } from './first-transitions.js';
import { sessionOf, workOf, type Notice, type OtherAct, type ShownDocument, type SigningState, type Work } from './state.js';

// Pure: state and an occurrence in, state out. What does not fit the state leaves it as it is.

/** What the server says is the truth decides the step, also in the middle of anything. */
export function sessionTold(state: SigningState, session: SigningSession): SigningState {
  const { sender, recipients } = session;
  switch (session.recipient.status) {
    case 'active':
      if (session.envelope.status === 'voided' || session.envelope.status === 'expired') return { step: 'ended', reason: session.envelope.status, sender };
      return { step: 'reviewing', work: workFor(session, 'work' in state ? state.work : undefined) };
    case 'waiting':
      return { step: 'waiting', recipients, sender };
    case 'sealing':
      return { step: 'sealing', session };
    case 'signed':
      return { step: 'completed', session, viewing: false, notice: workOf(state) && session.recipient.actedHere === false ? { kind: 'done-elsewhere' } : undefined };
    case 'declined':
      return { step: 'declined', sender, approving: isApprover(session) };
    case 'delegated':
      return { step: 'delegated', sender };
  }
}

/** Straight after the access code: where the sender lets somebody else sign, or has written something, that comes before the documents. */
export function sessionOpened(state: SigningState, session: SigningSession): SigningState {
  const next = sessionTold(state, session);
  const begun = session.draft !== undefined;
  return next.step === 'reviewing' && !begun && (session.recipient.mayDelegate || session.envelope.message !== '') ? { step: 'choosing-signer', session, error: undefined } : next;
}

/** Work on a session: what was filled in before stays, else the saved draft is taken up. */
function workFor(session: SigningSession, before: Work | undefined): Work {
  const own = new Map(session.fields.map((field) => [field.id, field]));
  const values = new Map(before?.values ?? session.draft?.values.map(({ fieldId, value }) => [fieldId, value]) ?? initialValues(session));
  const seals = new Map(before?.seals ?? session.draft?.seals.map((seal) => [seal.fieldId, seal]));
  for (const id of values.keys()) if (!own.has(id)) values.delete(id);
  for (const id of seals.keys()) if (own.get(id)?.kind !== 'signature') seals.delete(id);
  const firstDocument = session.documents[0]?.id ?? '';
  return {
    session,
    values,
    seals,
    shown: new Map(session.documents.map(({ id, sha256 }) => [id, shownAs(before, id, sha256)])),
    problems: new Map(),
    documentId: before?.documentId ?? firstDocument,
    current: before?.current,
    saving: 'idle',
    saveError: undefined,
    savedAt: before?.savedAt ?? session.draft?.savedAt,
    notice: undefined,
  };
}

function isApprover({ recipient }: SigningSession): boolean {
  return recipient.role === 'approver';
}

/** What stood in the form when it was sent. */
function initialValues({ fields }: SigningSession): [string, string | boolean][] {
  return fields.flatMap(({ id, initial }): [string, string | boolean][] => (initial === undefined ? [] : [[id, initial]]));
}

function shownAs(before: Work | undefined, documentId: string, sha256: string): ShownDocument {
  const same = before?.session.documents.some((document) => document.id === documentId && document.sha256 === sha256);
  return (same && before?.shown.get(documentId)) || { loaded: 0, sha256: undefined, viewed: false, failed: undefined };
}

function changeWork(state: SigningState, change: (work: Work) => Partial<Work>): SigningState {
  return 'work' in state ? { ...state, work: { ...state.work, ...change(state.work) } } : state;
}

function ownField(work: Work, fieldId: string): Field | undefined {
  return work.session.fields.find(({ id }) => id === fieldId);
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

export function valueSet(state: SigningState, fieldId: string, value: string | boolean): SigningState {
  if (state.step !== 'reviewing') return state;
  return changeWork(state, (work) => {
    const field = ownField(work, fieldId);
    if (!field) return {};
    const values = new Map(work.values).set(fieldId, value);
    // A message goes as soon as it no longer holds; a new one comes only when the person leaves the field.
    const problems = checkValue(field, value) ? work.problems : without(work.problems, fieldId);
    return { values, problems, notice: undefined };
  });
}

/** The person has left a field: what is wrong with it may be said now; that it is still empty need not. */
export function fieldLeft(state: SigningState, fieldId: string): SigningState {
  return changeWork(state, (work) => {
    const field = ownField(work, fieldId);
    const value = work.values.get(fieldId);
    if (!field || field.kind === 'signature' || value === undefined || value === '') return {};
    const reason = checkValue(field, value);
    return reason ? { problems: new Map(work.problems).set(fieldId, reason) } : {};
  });
}

/** Empties a field: the seal is taken off, or what was filled in. */
export function fieldCleared(state: SigningState, fieldId: string): SigningState {
  if (state.step !== 'reviewing') return state;
  return changeWork(state, (work) => ({ values: without(work.values, fieldId), seals: without(work.seals, fieldId), problems: without(work.problems, fieldId), notice: undefined }));
}

export function sealPlaced(state: SigningState, seal: Seal): SigningState {
  if (state.step !== 'reviewing') return state;
  return changeWork(state, (work) =>
    ownField(work, seal.fieldId)?.kind === 'signature'
      ? { seals: new Map(work.seals).set(seal.fieldId, seal), problems: without(work.problems, seal.fieldId), notice: undefined }
      : {},
  );
}

export function fieldChosen(state: SigningState, fieldId: string | undefined): SigningState {
  return changeWork(state, (work) => {
    const field = fieldId === undefined ? undefined : ownField(work, fieldId);
    return field ? { current: field.id, documentId: field.documentId } : { current: undefined };
  });
}

export function documentChosen(state: SigningState, documentId: string): SigningState {
  return changeWork(state, (work) => (work.shown.has(documentId) ? { documentId, notice: undefined } : {}));
}

export function documentShown(state: SigningState, documentId: string, change: Partial<ShownDocument>): SigningState {
  return changeWork(state, ({ shown }) => {
    const before = shown.get(documentId);
    return before ? { shown: new Map(shown).set(documentId, { ...before, ...change }) } : {};
  });
}

/** Trying again does not take back that the last try failed. */
export function saveBegun(state: SigningState): SigningState {
  return changeWork(state, (work) => ({ saving: work.saveError ? 'failed' : 'saving' }));
}

export function saved(state: SigningState, savedAt: string): SigningState {
  return changeWork(state, () => ({ saving: 'idle', saveError: undefined, savedAt }));
}

export function saveFailed(state: SigningState, error: SkySignError): SigningState {
  return changeWork(state, (work) => ({ saving: 'failed', saveError: work.saveError ?? failureOf(error) }));
}

export function noticed(state: SigningState, notice: Notice | undefined): SigningState {
  if (state.step === 'completed') return { ...state, notice };
  return changeWork(state, () => ({ notice }));
}

/** Declining or handing on is tried, now or once more: what went wrong the last time is no longer said. */
export function actTried(state: SigningState, acting: OtherAct | undefined): SigningState {
  return state.step === 'choosing-signer' ? { ...state, error: undefined, acting } : changeWork(state, () => ({ notice: undefined, acting }));
}

/** It did not work; nothing has changed. */
export function actRefused(state: SigningState, act: OtherAct, error: SkySignError): SigningState {
  const failure = failureOf(error);
  return state.step === 'choosing-signer' ? { ...state, error: failure, acting: undefined } : changeWork(state, () => ({ notice: { kind: 'error', act, ...failure }, acting: undefined }));
}

/** What is under way cannot be called back, nor begun twice. */
export function actingIn(state: SigningState): OtherAct | undefined {
  return state.step === 'choosing-signer' ? state.acting : workOf(state)?.acting;
}

/** A dialog is closed without doing what it is for. */
export function dismissed(state: SigningState): SigningState {
  if (state.step === 'confirming' || state.step === 'completing') return { step: 'reviewing', work: { ...state.work, notice: undefined } };
  if (actingIn(state)) return state;
  const notice = workOf(state)?.notice;
  return state.step === 'choosing-signer' || (notice?.kind === 'error' && notice.act) ? actTried(state, undefined) : state;
}

/** 完了する: on to the confirmation, or back to what is missing. */
export function completionAsked(state: SigningState): SigningState {
  if (state.step !== 'reviewing') return state;
  const { work } = state;
  const problems = checkSubmission(work.session.fields, submissionOf(work));
  const [first] = problems;
  if (first) {
    const reasons = new Map(problems.map(({ fieldId, reason }) => [fieldId, reason as FieldReason]));
    return fieldChosen({ ...state, work: { ...work, problems: reasons } }, inOrder(work, reasons));
  }
  const unopened = work.session.documents.find(({ id, mustView }) => mustView && !work.shown.get(id)?.viewed);
  if (unopened) return { ...state, work: { ...work, documentId: unopened.id, notice: { kind: 'not-opened', documentId: unopened.id } } };
  return { step: 'confirming', work: { ...work, problems: new Map(), notice: undefined }, error: undefined };
}

function inOrder(work: Work, problems: ReadonlyMap<string, FieldReason>): string | undefined {
  return work.session.fields.find(({ id }) => problems.has(id))?.id;
}

/** What would be handed in: blanks stay out. */
export function submissionOf(work: Work): { values: { fieldId: string; value: string | boolean }[]; seals: Seal[] } {
  const values = [...work.values].map(([fieldId, value]) => ({ fieldId, value })).filter(({ value }) => value !== '' && value !== false);
  return { values, seals: [...work.seals.values()] };
}

/** The last button was pressed, and the page is asked first. */
export function pageAsked(state: SigningState, asked: symbol | undefined): SigningState {
  return state.step === 'confirming' ? { ...state, asked, error: asked ? undefined : state.error } : state;
}

/** The last button was pressed: only from the confirmation, so a second click finds nothing to do. */
export function completionStarted(state: SigningState): SigningState {
  if (state.step !== 'confirming') return state;
  const loading = [...state.work.shown.values()].some(({ sha256 }) => sha256 === undefined);
  return loading ? { ...state, asked: undefined, error: 'still-loading' } : { step: 'completing', work: state.work, phase: 'sending' };
}

export function completionPhase(state: SigningState, phase: (SigningState & { step: 'completing' })['phase']): SigningState {
  return state.step === 'completing' ? { ...state, phase } : state;
}

/** The completion was refused and nothing was signed. */
export function completionRefused(state: SigningState, error: SkySignError): SigningState {
  if (state.step !== 'completing') return state;
  const { work } = state;
  const problems = error.problem?.fields;
  if (problems?.length) {
    const reasons = new Map(problems.map(({ fieldId, reason }) => [fieldId, reason as FieldReason]));
    const next: SigningState = { step: 'reviewing', work: { ...work, problems: reasons, notice: { kind: 'error', ...failureOf(error) } } };
    return fieldChosen(next, inOrder(work, reasons));
  }
  if (error.code === 'document_changed') return { step: 'reviewing', work: { ...work, notice: { kind: 'document-changed', documents: error.problem?.documents ?? [] } } };
  if (error.code === 'link_ended' || error.code === 'session_invalid' || error.code === 'session_superseded' || error.code === 'access_code_locked') return refused(error);
  return { step: 'confirming', work, error: failureOf(error) };
}

/** The person will not sign, or not approve. */
export function declined(state: SigningState): SigningState {
  const session = sessionOf(state);
  return { step: 'declined', sender: session?.sender, approving: session !== undefined && isApprover(session) };
}

/** Somebody else signs. */
export function delegated(state: SigningState): SigningState {
  return { step: 'delegated', sender: sessionOf(state)?.sender };
}

/** The person goes on later; what was filled in is saved. */
export function paused(state: SigningState): SigningState {
  const work = 'work' in state ? state.work : undefined;
  return state.step === 'reviewing' && work ? { step: 'ended', reason: 'paused', sender: work.session.sender, approving: isApprover(work.session) } : state;
}

export function viewingChosen(state: SigningState, viewing: boolean): SigningState {
  return state.step === 'completed' ? { ...state, viewing } : state;
}

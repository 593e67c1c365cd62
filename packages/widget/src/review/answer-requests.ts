import { fieldTitle, problemWords } from '../elements/field-title.js';
import { SkyBeforeCompleteEvent, SkyChangeEvent, SkyErrorEvent, SkyFieldClearedEvent, SkyFieldSignedEvent, SkyLoadedEvent, SkyViewedEvent, type SkySubject } from '../events.js';
import type { Messages } from '../messages/messages.js';
import { onRequest, type RequestName, type Requests } from '../requests.js';
import { saveFile } from '../save-file.js';
import { checklistOf, type Checklist, type ChecklistItem } from '../store/checklist.js';
import { asError, notLoaded } from '../store/as-error.js';
import { failureOf } from '../store/first-transitions.js';
import type { EnvelopeStore } from '../store/envelope-store.js';
import { sessionOf, workOf, type SigningState } from '../store/state.js';
import type { Refusal, SkyReview } from './sky-review.js';

/** So long a page may take to say that the last button counts. */
const pageMs = 60_000;
/** Pages that have not moved for so long lie still. */
const stillMs = 500;

/** What the parts' requests are answered with. */
export interface Host {
  readonly element: EventTarget;
  readonly state: SigningState;
  readonly envelope: EnvelopeStore | undefined;
  readonly subject: SkySubject;
  readonly messages: Messages | undefined;
  readonly review: SkyReview | null;
  /** The element has been visible for long enough to press the last button. */
  readonly longEnough: boolean;
  say(words: { polite?: string; assertive?: string }): void;
  refuse(refusal: Refusal | undefined): void;
}

/** Inner elements ask, the store does, and what leaves the element are public events. */
export function answerRequests(host: Host): void {
  const { element } = host;
  for (const act of ['pointerdown', 'keydown', 'wheel']) element.addEventListener(act, () => host.envelope?.touched(), { passive: true });

  function answer<N extends RequestName>(verb: N, act: (envelope: EnvelopeStore, detail: Requests[N]) => void): void {
    onRequest(element, verb, (detail) => {
      if (host.envelope) act(host.envelope, detail);
    });
  }

  function listed(fieldId: string): { list: Checklist; item: ChecklistItem } | undefined {
    const work = workOf(host.state);
    const list = work && checklistOf(work);
    const item = list?.items.find(({ field }) => field.id === fieldId);
    return list && item && { list, item };
  }

  function show(fieldId: string | undefined): void {
    if (fieldId === undefined) return;
    host.envelope?.chooseField(fieldId);
    host.review?.showField(fieldId);
  }

  function tellChange(fieldId: string): void {
    const item = listed(fieldId)?.item;
    if (item) element.dispatchEvent(new SkyChangeEvent({ ...host.subject, documentId: item.field.documentId }, { fieldId, kind: item.field.kind, done: item.done }));
  }

  function saySeal(fieldId: string, words: (item: ChecklistItem, rest: string, messages: Messages) => string): void {
    const { messages } = host;
    const found = listed(fieldId);
    if (!found || !messages) return;
    const left = found.list.required - found.list.requiredDone;
    host.say({ polite: words(found.item, left ? messages.bar.left(left) : messages.bar.allDone, messages) });
  }

  /** Why a field may not stay as it is; a sheet says so itself, and nothing outside a modal dialog is spoken. */
  function sayProblem(fieldId: string): void {
    const { messages, review } = host;
    const reason = workOf(host.state)?.problems.get(fieldId);
    const item = listed(fieldId)?.item;
    if (!reason || !item || !messages || review?.modal) return;
    host.say({ assertive: `${fieldTitle(item, messages)}${messages.common.separator}${problemWords(reason, item.field.kind, messages)}` });
  }

  /** Where the reader is, once the pages lie still. */
  let still: ReturnType<typeof setTimeout> | undefined;
  answer('page-shown', (_, { documentId, page, pages }) => {
    clearTimeout(still);
    still = setTimeout(() => {
      const index = sessionOf(host.state)?.documents.findIndex(({ id }) => id === documentId) ?? -1;
      if (index >= 0) host.say({ polite: host.messages?.pages.shown(index + 1, page, pages) ?? '' });
    }, stillMs);
  });

  const about = (fieldId: string): SkySubject => ({ ...host.subject, documentId: listed(fieldId)?.item.field.documentId });

  answer('choose-self', (envelope) => envelope.signOneself());
  answer('set-value', (envelope, { fieldId, value }) => {
    envelope.setValue(fieldId, value);
    tellChange(fieldId);
  });
  answer('leave-field', (envelope, { fieldId }) => {
    envelope.leaveField(fieldId);
    sayProblem(fieldId);
  });
  answer('choose-field', (envelope, { fieldId }) => envelope.chooseField(fieldId));
  answer('open-field', (envelope, { fieldId }) => envelope.chooseField(fieldId));
  answer('go-to-field', (_, { fieldId }) => show(fieldId));
  answer('next-item', (envelope) => show(envelope.nextItem()));
  answer('neighbour-item', (envelope, { step }) => show(envelope.neighbourItem(step)));
  answer('review', () => {
    const work = workOf(host.state);
    show(work && checklistOf(work).items[0]?.field.id);
  });
  answer('choose-document', (envelope, { documentId }) => envelope.chooseDocument(documentId));
  answer('painted', (envelope, { documentId }) => {
    const first = workOf(host.state)?.shown.get(documentId)?.viewed === false;
    envelope.documentPainted(documentId);
    if (!first) return;
    element.dispatchEvent(new SkyLoadedEvent({ ...host.subject, documentId }));
    element.dispatchEvent(new SkyViewedEvent({ ...host.subject, documentId }));
  });
  answer('document-failed', (_, { documentId, error }) => void element.dispatchEvent(new SkyErrorEvent({ ...host.subject, documentId }, failureOf(error))));
  answer('place-seal', (envelope, { seal }) => {
    const { fieldId } = seal;
    envelope.placeSeal(seal);
    saySeal(fieldId, (item, rest, { live, field }) => live.sealed(fieldTitle(item, host.messages as Messages), field.seal(seal.kind), rest));
    element.dispatchEvent(new SkyFieldSignedEvent(about(fieldId), fieldId));
    tellChange(fieldId);
    host.review?.showField(fieldId);
  });
  answer('clear-field', (envelope, { fieldId }) => {
    envelope.clearField(fieldId);
    saySeal(fieldId, (item, rest, messages) => messages.live.cleared(fieldTitle(item, messages), rest));
    element.dispatchEvent(new SkyFieldClearedEvent(about(fieldId), fieldId));
    tellChange(fieldId);
    host.review?.showField(fieldId);
  });
  answer('complete', (envelope) => {
    envelope.askCompletion();
    const { state, messages } = host;
    if (state.step !== 'reviewing' || state.work.problems.size === 0) return;
    const { required, requiredDone } = checklistOf(state.work);
    if (required > requiredDone) host.say({ assertive: messages?.bar.left(required - requiredDone) ?? '' });
    else sayProblem(state.work.current ?? '');
    show(state.work.current);
  });
  answer('dismiss', (envelope) => envelope.dismiss());
  answer('decline', (envelope, { reason }) => void envelope.decline(reason));
  answer('delegate', (envelope, to) => void envelope.delegate(to));
  answer('pause', (envelope) => void envelope.pause());
  answer('part-missing', (envelope) => envelope.notice({ kind: 'error', ...failureOf(notLoaded()) }));
  answer('stay', (envelope) => void envelope.stay());
  answer('view', (envelope, { viewing }) => envelope.view(viewing));
  answer('download', (envelope, { documentId }) => void download(envelope, documentId));
  answer('finish', (envelope, { trusted }) => void finish(envelope, trusted));

  /** The press counts for the confirmation that it was made in: who goes back and changes something is asked anew. */
  async function finish(envelope: EnvelopeStore, trusted: boolean): Promise<void> {
    const refusal = !trusted ? 'untrusted' : host.longEnough ? undefined : 'not-shown';
    host.refuse(refusal);
    const { state } = host;
    if (refusal || state.step !== 'confirming' || state.asked) return;
    const event = new SkyBeforeCompleteEvent(host.subject);
    if (!element.dispatchEvent(event)) return;
    const press = Symbol('press');
    envelope.askPage(press);
    const stillAsked = (): boolean => host.state.step === 'confirming' && host.state.asked === press;
    try {
      await within(event.settled(), pageMs);
      if (stillAsked()) await envelope.complete();
    } catch {
      if (!stillAsked()) return;
      envelope.askPage(undefined);
      host.refuse('host');
    }
  }

  async function download(envelope: EnvelopeStore, documentId: string): Promise<void> {
    const document = sessionOf(host.state)?.documents.find(({ id }) => id === documentId);
    if (!document) return;
    envelope.notice(undefined);
    try {
      saveFile(await envelope.bytesOf(document).whole(), document.name);
      envelope.downloaded(documentId);
    } catch (error) {
      envelope.notice({ kind: 'error', ...failureOf(asError(error)) });
    }
  }
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('The page did not answer.')), ms)));
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

import type { SkySignError } from '@sky-sign/client';
import type { Seal } from '@sky-sign/protocol';

/** What inner elements ask for; `<sky-sign>` answers and stops every one, so that none reaches the page. */
export interface Requests {
  'enter-code': { code: string };
  'retry': undefined;
  'set-value': { fieldId: string; value: string | boolean };
  'leave-field': { fieldId: string };
  'choose-field': { fieldId: string };
  /** Jump to a field on the paper and put the focus there. */
  'go-to-field': { fieldId: string };
  /** Open what a field needs more room for: the seal dialog, or the sheet of a small text field. */
  'open-field': { fieldId: string };
  'next-item': undefined;
  'neighbour-item': { step: 1 | -1 };
  'choose-document': { documentId: string };
  'painted': { documentId: string };
  'page': { page: number };
  'page-shown': { documentId: string; page: number; pages: number };
  'page-count': { documentId: string; pages: number };
  'zoom': { zoom: number | 'fit' | 'page' };
  'shown-zoom': { zoom: number };
  'search': { text: string; step: 0 | 1 | -1 };
  'search-open': undefined;
  'found': { at: number; count: number; busy: boolean };
  /** What a screen needs could not be loaded. */
  'part-missing': undefined;
  /** A document cannot be shown; the person has been told. */
  'document-failed': { documentId: string; error: SkySignError };
  'open-list': undefined;
  'open-pages': undefined;
  'place-seal': { seal: Seal };
  'clear-field': { fieldId: string };
  'complete': undefined;
  'review': undefined;
  'finish': { trusted: boolean };
  'download': { documentId: string };
  'choose-self': undefined;
  /** 依頼の内容 */
  'open-about': undefined;
  /** Save, and go on later. */
  'pause': undefined;
  'open-decline': undefined;
  'open-delegate': undefined;
  'decline': { reason: string };
  'delegate': { name: string; email: string };
  'dismiss': undefined;
  'view': { viewing: boolean };
  'close': undefined;
  /** Stays, although nothing was done for long. */
  'stay': undefined;
}

export type RequestName = keyof Requests;

export class SkyRequest<N extends RequestName = RequestName> extends Event {
  readonly verb: N;
  readonly detail: Requests[N];
  constructor(verb: N, detail: Requests[N]) {
    super(`sky-request-${verb}`, { bubbles: true, composed: true, cancelable: true });
    this.verb = verb;
    this.detail = detail;
  }
}

/** Every name, so that `<sky-sign>` can stop them all. */
export const requestNames = [
  'enter-code', 'retry', 'set-value', 'leave-field', 'choose-field', 'go-to-field', 'open-field', 'next-item', 'neighbour-item',
  'choose-document', 'painted', 'page', 'page-shown', 'page-count', 'zoom', 'shown-zoom', 'search', 'search-open', 'found', 'part-missing', 'document-failed', 'open-list', 'open-pages', 'place-seal', 'clear-field', 'choose-self', 'open-about', 'pause',
  'complete', 'review', 'finish', 'download', 'open-decline', 'open-delegate', 'decline', 'delegate', 'dismiss', 'view', 'close', 'stay',
] as const satisfies readonly RequestName[];

type Detail<N extends RequestName> = Requests[N] extends undefined ? [] : [detail: Requests[N]];

export function request<N extends RequestName>(from: EventTarget, verb: N, ...[detail]: Detail<N>): void {
  from.dispatchEvent(new SkyRequest(verb, detail as Requests[N]));
}

/** Answers one kind of request. */
export function onRequest<N extends RequestName>(target: EventTarget, verb: N, answer: (detail: Requests[N], event: SkyRequest<N>) => void): void {
  target.addEventListener(`sky-request-${verb}`, (event) => answer((event as SkyRequest<N>).detail, event as SkyRequest<N>));
}

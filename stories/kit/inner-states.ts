import type { SkySignErrorCode } from '@sky-sign/client';
import type { Stage } from './stage.js';
import { inside, until } from './steps.js';

/**
 * What only a person's own press of the last button leads to (no script can press it, a play function neither), or half an
 * hour of waiting. These states are handed to the screen that shows them; everything around it is the real journey.
 */
interface Review extends HTMLElement {
  signing: { readonly step: string; readonly work: { readonly session: { readonly documents: readonly { readonly id: string; readonly length: number }[] } } };
}

async function hand({ element }: Stage, change: (signing: Review['signing']) => object): Promise<void> {
  const review = (await until(() => inside(element, 'sky-review'), 'the documents')) as Review;
  const handed = { ...review.signing, ...change(review.signing) };
  review.signing = handed;
  // What goes on behind (bytes arrive, a draft is saved) must not take the screen away again.
  Object.defineProperty(review, 'signing', { get: () => handed, set: () => undefined, configurable: true });
}

export function showCompleting(stage: Stage, phase: 'sending' | 'signing' | 'checking'): Promise<void> {
  return hand(stage, () => ({ step: 'completing', phase }));
}

export function showChangedDocument(stage: Stage): Promise<void> {
  return hand(stage, ({ work }) => ({ step: 'reviewing', work: { ...work, notice: { kind: 'document-changed', documents: [work.session.documents[0]?.id] } } }));
}

export function showPageAsked(stage: Stage): Promise<void> {
  return hand(stage, () => ({ asked: Symbol('press') }));
}

export function showExpiring(stage: Stage): Promise<void> {
  return hand(stage, ({ work }) => ({ work: { ...work, notice: { kind: 'expiring' } } }));
}

export function showRefusedCompletion(stage: Stage, code: SkySignErrorCode): Promise<void> {
  return hand(stage, () => ({ error: { code, message: '', retryable: true, status: undefined } }));
}

export function showStillLoading(stage: Stage): Promise<void> {
  return hand(stage, ({ work }) => ({
    error: 'still-loading',
    work: { ...work, shown: new Map(work.session.documents.map(({ id, length }) => [id, { loaded: Math.floor(length * 0.7), sha256: undefined, viewed: true, failed: undefined }])) },
  }));
}

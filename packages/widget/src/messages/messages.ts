import type { Locale } from '@sky-sign/protocol';
import { ja } from './ja.js';
import type { jaReview } from './ja-review.js';

/** The words before the access code. */
export type FirstMessages = typeof ja;
/** The words behind it. */
export type ReviewMessages = typeof jaReview;
/** Every word on the screen, in one language. */
export type Messages = FirstMessages & ReviewMessages;

/** Japanese is at hand at once; English is loaded when it is asked for. */
export async function loadFirstMessages(locale: Locale): Promise<FirstMessages> {
  return locale === 'en' ? (await import('./en.js')).en : ja;
}

export async function loadMessages(locale: Locale): Promise<Messages> {
  const [first, review] = await Promise.all([
    loadFirstMessages(locale),
    locale === 'en' ? import('./en-review.js').then(({ enReview }) => enReview) : import('./ja-review.js').then(({ jaReview }) => jaReview),
  ]);
  return { ...first, ...review };
}

export { ja };

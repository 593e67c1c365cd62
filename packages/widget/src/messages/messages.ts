import { ja } from './ja.js';
import type { jaReview } from './ja-review.js';

/** The words before the access code. */
export type FirstMessages = Omit<typeof ja, 'lang'> & { readonly lang: string };
/** The words behind it. */
export type ReviewMessages = typeof jaReview;
/** Every word on the screen, in one language. */
export type Messages = FirstMessages & ReviewMessages;

/** Any part of the words, at any depth. */
export type PartOf<T> = T extends (...args: never) => unknown ? T : T extends readonly unknown[] ? T : { readonly [K in keyof T]?: PartOf<T[K]> };

/** A host's own words by language (BCP 47): what differs from ours, or a language that we do not have, over English. */
export type SkyMessages = Readonly<Record<string, PartOf<Messages>>>;

/** Japanese is at hand at once; everything else is loaded when it is asked for. */
export async function loadFirstMessages(lang: string, own?: SkyMessages): Promise<FirstMessages> {
  return adapted(lang === 'ja' ? ja : (await import('./en.js')).en, lang, own);
}

export async function loadMessages(lang: string, own?: SkyMessages): Promise<Messages> {
  const [first, review] = await Promise.all([
    loadFirstMessages(lang),
    lang === 'ja' ? import('./ja-review.js').then(({ jaReview }) => jaReview) : import('./en-review.js').then(({ enReview }) => enReview),
  ]);
  return adapted({ ...first, ...review }, lang, own);
}

/** The first of the wished languages that there are words for, by its whole tag or its first part. */
export function chooseLanguage(wished: readonly (string | undefined)[], own: SkyMessages = {}): string {
  // Tags of languages know no case (BCP 47, 2.1.1).
  const known = new Map(['ja', 'en', ...Object.keys(own)].map((tag) => [tag.toLowerCase(), tag]));
  for (const wish of wished) {
    if (!wish) continue;
    const tag = wish.toLowerCase();
    const found = known.get(tag) ?? known.get(tag.split('-', 1)[0] ?? '');
    if (found) return found;
  }
  return 'ja';
}

function adapted<T extends { readonly lang: string }>(words: T, lang: string, own: SkyMessages = {}): T {
  return { ...merged(words, own[lang]), lang };
}

function merged<T>(words: T, other: unknown): T {
  if (typeof words !== 'object' || words === null || Array.isArray(words) || typeof other !== 'object' || other === null) return (other ?? words) as T;
  return { ...words, ...Object.fromEntries(Object.entries(other).map(([name, value]) => [name, merged(words[name as keyof T], value)])) };
}

export { ja };

import * as v from 'valibot';

/**
 * Characters that turn the direction of whatever stands after them (UAX #9: embeddings, overrides, isolates). Other people's
 * words stand in our sentences: a name that ends in one would write the sentence about what is signed backwards.
 */
const turning = '\\u202a-\\u202e\\u2066-\\u2069';

/** Somebody's words, in as many lines as they like. */
export const words = (most: number) => v.pipe(v.string(), v.maxLength(most), v.regex(new RegExp(`^[^${turning}]*$`, 'u'), 'takes no characters that turn the direction of text'));

/** Words that stand in mails, signatures and file names: one line. */
export const line = (most: number) => v.pipe(words(most), v.trim(), v.regex(/^[^\p{Cc}\p{Cs}]*$/u));

/** The same without such characters: for words that come out of a file, which nobody can be asked to write anew. */
export const withoutTurning = (text: string): string => text.replace(new RegExp(`[${turning}]`, 'gu'), '');

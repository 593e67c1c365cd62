/** "Commonly mapped to nothing" (RFC 3454, table B.1). */
const NOTHING = /[\u00ad\u034f\u1806\u180b-\u180d\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/gu;
/** Spaces that are not ASCII (RFC 3454, table C.1.2); U+200B stands in both tables and RFC 4013 maps it to a space. */
const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu;

/**
 * A password as SASLprep (RFC 4013) writes it. Mapping and NFKC only: what the profile forbids is not asked,
 * since a file has no such password, and code points that are newer than Unicode 3.2 are let through, as for a query.
 */
export function saslprep(password: string): string {
  return password.replace(SPACES, ' ').replace(NOTHING, '').normalize('NFKC');
}

import { equalBytes, own, utf8 } from '../bytes.js';
import type { Bytes } from '../bytes.js';
import type { Services } from '../services.js';

const rounds = 600_000;
/** Wrong codes until a recipient is locked. */
export const maxTries = 5;

type Needs = Pick<Services, 'crypto' | 'keys'>;

/** What is stored of a code: a slow hash over a keyed one, because 10⁴ codes are quickly tried by whoever has only the database. */
export async function hashCode({ crypto, keys }: Needs, { subject, code, salt, keyId }: { subject: string; code: string; salt: Uint8Array; keyId: string }): Promise<Bytes> {
  const peppered = await keys.mac(keyId, utf8(`${subject}\0${code.normalize('NFKC')}`));
  const material = await crypto.subtle.importKey('raw', peppered, 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: own(salt), iterations: rounds }, material, 256);
  return new Uint8Array(bits);
}

export async function isCode(needs: Needs, verifier: { subject: string; hash: Uint8Array; salt: Uint8Array; keyId: string }, code: string): Promise<boolean> {
  return equalBytes(await hashCode(needs, { ...verifier, code }), verifier.hash);
}

export type CodeStrength = 'refused' | 'weak' | 'good';

const popular = new Set(['1212', '1122', '1313', '2580', '0852', '1004', '2000', '6969', '112233', '121212', '123123', '123321', '654321', 'password', 'passw0rd']);

/** `refused`: among the first that anybody tries. `weak`: short, which five tries and the lock have to make up for. */
export function codeStrength(code: string): CodeStrength {
  const plain = code.normalize('NFKC');
  const characters = [...plain];
  if (characters.length < 4 || popular.has(plain.toLowerCase()) || isRun(characters)) return 'refused';
  return characters.length < 6 ? 'weak' : 'good';
}

/** 0000, 1234, 4321, 7890, abcd. */
function isRun(characters: readonly string[]): boolean {
  const steps = characters.slice(1).map((character, i) => {
    const step = (character.codePointAt(0) ?? 0) - (characters[i]?.codePointAt(0) ?? 0);
    if (character === '0' && characters[i] === '9') return 1;
    return character === '9' && characters[i] === '0' ? -1 : step;
  });
  return [0, 1, -1].some((step) => steps.every((each) => each === step));
}

import { isPadesError } from '../errors.js';
import type { Certificate } from './certificate.js';
import { TAG, children, contextTag, equalBytes, expectTlv, readTlv, type Tlv } from './der.js';
import { readRelativeNames } from './name.js';

const NAME_CONSTRAINTS = '2.5.29.30';
const ALTERNATIVE_NAMES = '2.5.29.17';
/** Tags of GeneralName (RFC 5280, 4.2.1.6). */
const [EMAIL, HOST, DIRECTORY, ADDRESS, IP] = [0x81, 0x82, contextTag(4), 0x86, 0x87];
const EMAIL_IN_SUBJECT = '1.2.840.113549.1.9.1';

type Named = Pick<Certificate, 'subject' | 'extension'>;

/** Whether the names of a certificate are ones that an authority may give out (RFC 5280, 4.2.1.10); not where they cannot be read. */
export function allowsNames(authority: Pick<Certificate, 'extension'>, certificate: Named): boolean {
  const constraints = authority.extension(NAME_CONSTRAINTS);
  if (!constraints) return true;
  try {
    return fits(constraints, certificate);
  } catch (cause) {
    if (isPadesError(cause)) return false;
    throw cause;
  }
}

function fits(value: Uint8Array, certificate: Named): boolean {
  const parts = children(expectTlv(readTlv(value), TAG.sequence));
  const subtrees = (tag: number) => parts.filter((part) => part.tag === contextTag(tag)).flatMap(children).map((subtree) => children(expectTlv(subtree, TAG.sequence))[0]).filter((base) => base !== undefined);
  const [permitted, excluded] = [subtrees(0), subtrees(1)];
  return namesOf(certificate).every((name) => {
    const alike = (bases: readonly Tlv[]) => bases.filter(({ tag }) => tag === name.tag);
    if (alike(excluded).some((base) => isWithin(name, base) !== false)) return false;
    const allowed = alike(permitted);
    return allowed.length === 0 || allowed.some((base) => isWithin(name, base) === true);
  });
}

/** The subject, what stands beside it, and the mail addresses that older certificates have in the subject. */
function namesOf({ subject, extension }: Named): Tlv[] {
  const alternatives = extension(ALTERNATIVE_NAMES);
  const names = alternatives ? children(expectTlv(readTlv(alternatives), TAG.sequence)) : [];
  const own = readRelativeNames(subject);
  const directory: Tlv[] = own.length > 0 ? [{ tag: DIRECTORY, content: subject, bytes: subject }] : [];
  const mails = names.some(({ tag }) => tag === EMAIL) ? [] : own.flat().flatMap(({ type, value }) => (type === EMAIL_IN_SUBJECT ? [textName(EMAIL, value)] : []));
  return [...directory, ...names, ...mails];
}

function textName(tag: number, value: string): Tlv {
  const content = new TextEncoder().encode(value);
  return { tag, content, bytes: content };
}

/** Undefined for kinds of names that are not compared here: whoever constrains them gets no benefit of the doubt. */
function isWithin(name: Tlv, base: Tlv): boolean | undefined {
  const [value, limit] = [text(name), text(base)];
  if (name.tag === DIRECTORY) return startsWith(readRelativeNames(name.content), readRelativeNames(base.content));
  if (name.tag === EMAIL) return limit.includes('@') ? value === limit : isHostWithin(value.slice(value.lastIndexOf('@') + 1), limit, limit.startsWith('.'));
  if (name.tag === HOST) return isHostWithin(value, limit, true) || value === limit;
  if (name.tag === ADDRESS) return isHostWithin(/^[a-z][a-z\d+.-]*:\/\/(?:[^/@]*@)?([^/:?#]*)/.exec(value)?.[1] ?? '', limit, limit.startsWith('.'));
  if (name.tag === IP) return isAddressWithin(name.content, base.content);
  return undefined;
}

const text = ({ content }: Tlv): string => new TextDecoder('latin1').decode(content).toLowerCase();

/** The same host or, where the limit says so, one below it. */
function isHostWithin(host: string, limit: string, below: boolean): boolean {
  if (limit === '') return true;
  const base = limit.replace(/^\./, '');
  return (host === base && !limit.startsWith('.')) || (below && host.endsWith(`.${base}`));
}

/** An address with its mask behind it. */
function isAddressWithin(address: Uint8Array, base: Uint8Array): boolean {
  if (base.length !== address.length * 2) return false;
  const mask = base.subarray(address.length);
  return equalBytes(address.map((byte, i) => byte & (mask[i] ?? 0)), base.subarray(0, address.length).map((byte, i) => byte & (mask[i] ?? 0)));
}

type RelativeNames = ReturnType<typeof readRelativeNames>;

function startsWith(names: RelativeNames, base: RelativeNames): boolean {
  const key = (set: RelativeNames[number]) => JSON.stringify(set.map(({ type, value }) => `${type}=${value.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()}`).sort());
  return base.length <= names.length && base.every((set, i) => key(set) === key(names[i] ?? []));
}

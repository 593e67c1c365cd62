import { toHex } from '../hash.js';
import { TAG, children, expectTlv, readOid, readTlv, type Tlv } from './der.js';

/** A distinguished name, to be read by people and compared by nobody. */
export interface DistinguishedName {
  /** As RFC 4514 writes it: the last part first. */
  readonly text: string;
  /** The name to show: the common name, else the organization, else all of it. */
  readonly display: string;
}

/** Short names (RFC 4514, 3; the others as certificates for signing use them). */
const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'givenName',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};
const [COMMON_NAME, ORGANIZATION] = ['2.5.4.3', '2.5.4.10'];
/** UTF8String, UniversalString, BMPString; every other string type is read as Latin-1. */
const ENCODINGS: Readonly<Record<number, string>> = { 0x0c: 'utf-8', 0x1c: 'utf-32be', 0x1e: 'utf-16be' };

export interface NamePart {
  readonly type: string;
  readonly value: string;
}

/** The sets of a DER Name, from the country down. */
export const readRelativeNames = (der: Uint8Array): NamePart[][] => children(expectTlv(readTlv(der), TAG.sequence)).map((set) => children(expectTlv(set, TAG.set)).map(readPart));

/** Of a DER Name (RFC 5280, 4.1.2.4); throws `malformed_signature`. */
export function readDistinguishedName(der: Uint8Array): DistinguishedName {
  const parts = readRelativeNames(der);
  const text = [...parts].reverse().map((set) => set.map(({ type, value }) => `${SHORT[type] ?? type}=${escape(value)}`).join('+')).join(',');
  const last = (type: string) => parts.flat().filter((part) => part.type === type).at(-1)?.value;
  return { text, display: last(COMMON_NAME) ?? last(ORGANIZATION) ?? text };
}

function readPart(attribute: Tlv): NamePart {
  const [type, value] = children(expectTlv(attribute, TAG.sequence));
  return { type: readOid(type), value: value ? decode(value) : '' };
}

function decode({ tag, content }: Tlv): string {
  const encoding = ENCODINGS[tag];
  if (encoding === 'utf-32be') return Array.from({ length: content.length >> 2 }, (_, i) => String.fromCodePoint(Math.min(0x10ffff, new DataView(content.buffer, content.byteOffset + i * 4, 4).getUint32(0)))).join('');
  return new TextDecoder(encoding ?? 'latin1').decode(content);
}

/** RFC 4514, 2.4; what cannot be seen is written as bytes. */
function escape(value: string): string {
  return value
    .replace(/[",+;<>\\]/g, '\\$&')
    .replace(/^[ #]| $/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => toHex(new TextEncoder().encode(character)).replace(/../g, '\\$&'));
}

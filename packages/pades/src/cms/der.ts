import { PadesError } from '../errors.js';
import { joinBytes } from '../hash.js';

/** One DER value: its tag octet, its content, and all of its bytes. */
export interface Tlv {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly bytes: Uint8Array;
}

export const TAG = { boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, oid: 0x06, enumerated: 0x0a, utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, set: 0x31 } as const;
export const contextTag = (number: number): number => 0xa0 | number;

const MAX_VALUES = 10_000;

/** What stands first in the bytes; definite lengths in their shortest form only (X.690, 10.1). */
export function readTlv(bytes: Uint8Array): Tlv {
  const [tag = 0, first = 0] = bytes;
  if (bytes.length < 2 || tag === 0 || (tag & 0x1f) === 0x1f) throw malformed('a value breaks off, or has no tag or a long one');
  let length = first;
  let header = 2;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 4) throw malformed('a length is indefinite or too long');
    header += octets;
    length = bytes.subarray(2, header).reduce((value, byte) => value * 256 + byte, 0);
    if (length < 0x80 || (octets > 1 && bytes[2] === 0)) throw malformed('a length is not in its shortest form');
  }
  if (header + length > bytes.length) throw malformed('a value is longer than its container');
  return { tag, content: bytes.subarray(header, header + length), bytes: bytes.subarray(0, header + length) };
}

/** A value that has to have this tag. */
export function expectTlv(value: Tlv | undefined, tag: number): Tlv {
  if (value?.tag !== tag) throw malformed(`tag ${tag.toString(16)} was expected, not ${value?.tag.toString(16) ?? 'nothing'}`);
  return value;
}

/** The values inside a constructed value. */
export function children({ content }: Tlv): Tlv[] {
  const values: Tlv[] = [];
  for (let at = 0; at < content.length; ) {
    const value = readTlv(content.subarray(at));
    values.push(value);
    at += value.bytes.length;
    if (values.length > MAX_VALUES) throw malformed('too many values');
  }
  return values;
}

/** The values inside a constructed value one by one, however many they are. */
export function* members({ content }: Tlv): Generator<Tlv> {
  for (let at = 0; at < content.length; ) {
    const value = readTlv(content.subarray(at));
    yield value;
    at += value.bytes.length;
  }
}

/** Dotted form of an object identifier. */
export function readOid(value: Tlv | undefined): string {
  const { content } = expectTlv(value, TAG.oid);
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

/** GeneralizedTime as DER has it: UTC, seconds, a fraction without trailing zeros (X.690, 11.7). */
export function readGeneralizedTime(value: Tlv | undefined): Date {
  const text = String.fromCharCode(...expectTlv(value, TAG.generalizedTime).content.subarray(0, 40));
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/.exec(text);
  if (!match) throw malformed('a time is not in the form of DER');
  const [, year, month, day, hour, minute, second, fraction = '0'] = match;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  if (Number.isNaN(time.getTime())) throw malformed('a time does not exist');
  return time;
}

/** UTCTime until 2049 or GeneralizedTime, to the second and in UTC (RFC 5280, 4.1.2.5). */
export function readTime(value: Tlv | undefined): Date {
  if (value?.tag !== TAG.utcTime) return readGeneralizedTime(value);
  const text = String.fromCharCode(...value.content.subarray(0, 40));
  const century = Number(text.slice(0, 2)) < 50 ? '20' : '19';
  return readGeneralizedTime(readTlv(tlv(TAG.generalizedTime, Uint8Array.from(century + text, (character) => character.charCodeAt(0)))));
}

function malformed(what: string): PadesError {
  return new PadesError('malformed_signature', `not DER: ${what}`);
}

export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joinBytes([Uint8Array.of(tag, ...lengthOctets(length)), ...parts]);
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => tlv(TAG.sequence, ...parts);
export const octetString = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => tlv(TAG.octetString, bytes);
export const derNull = (): Uint8Array<ArrayBuffer> => tlv(TAG.null);

/** SET OF: members in ascending order of their encodings (X.690, 11.6). */
export function setOf(members: readonly Uint8Array[], tag: number = TAG.set): Uint8Array<ArrayBuffer> {
  return tlv(tag, ...[...members].sort(compareBytes));
}

/** A non-negative INTEGER from big-endian octets of any length. */
export function integer(magnitude: Uint8Array): Uint8Array<ArrayBuffer> {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const digits = magnitude.subarray(start);
  const sign = (digits[0] ?? 0) & 0x80 || digits.length === 0 ? Uint8Array.of(0) : new Uint8Array();
  return tlv(TAG.integer, sign, digits);
}

/** The same few come again and again. */
const identifiers = new Map<string, Uint8Array<ArrayBuffer>>();

export function oid(dotted: string): Uint8Array<ArrayBuffer> {
  const known = identifiers.get(dotted);
  if (known) return known;
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const fresh = tlv(TAG.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
  identifiers.set(dotted, fresh);
  return fresh;
}

function base128(arc: number): number[] {
  const octets = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift((rest % 128) | 0x80);
  return octets;
}

export function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return a.length - b.length;
}

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && compareBytes(a, b) === 0;

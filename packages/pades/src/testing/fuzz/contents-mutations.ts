import { children, equalBytes, readTlv, tlv, type Tlv } from '../../cms/der.js';
import { readSignedData } from '../../cms/signed-data.js';
import { joinBytes } from '../../hash.js';
import { fromLatin1, toLatin1 } from '../../pdf/characters.js';
import { hexString } from '../../pdf/serialize.js';
import { refused, type Mutation, type SeedFile } from './mutation.js';
import type { Random } from './random.js';

/** The value of the last /Contents with its padding. */
function lastContents({ bytes, facts: { gaps } }: SeedFile): Uint8Array {
  const [from = 0, to = 0] = gaps.at(-1) ?? [];
  const digits = fromLatin1(bytes.subarray(from + 1, to - 1));
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** The file with another value there, padded to the same length; undefined where it does not fit. */
function withContents({ bytes, facts: { gaps } }: SeedFile, contents: Uint8Array): Uint8Array | undefined {
  const [from = 0, to = 0] = gaps.at(-1) ?? [];
  const length = (to - from - 2) / 2;
  if (contents.length > length) return undefined;
  const padded = joinBytes([contents, new Uint8Array(length - contents.length)]);
  return joinBytes([bytes.subarray(0, from), toLatin1(hexString(padded)), bytes.subarray(to)]);
}

/** The parts of a SignedData that a signature protects one way or another; the rest may be anything. */
function protectedParts(cms: Uint8Array): { readonly name: string; readonly path: readonly number[] }[] {
  const content = children(readTlv(cms))[1];
  const signedData = content && children(content)[0];
  if (!signedData) return [];
  const fields = children(signedData);
  const last = fields.length - 1;
  const signer = fields[last] && children(fields[last])[0];
  const parts = signer ? children(signer) : [];
  const attributes = parts.findIndex(({ tag }) => tag === 0xa0);
  const inSigner = (at: number) => [1, 0, last, 0, at];
  return [
    { name: 'signed attributes', path: inSigner(attributes) },
    { name: 'signature value', path: inSigner(attributes + 2) },
  ];
}

/** The CMS with the value at this path written anew, lengths above it mended. */
function rewrite(value: Tlv, path: readonly number[], change: (target: Tlv) => Uint8Array): Uint8Array {
  const [at, ...rest] = path;
  if (at === undefined) return change(value);
  return tlv(value.tag, ...children(value).map((child, i) => (i === at ? rewrite(child, rest, change) : child.bytes)));
}

const isConstructed = ({ tag }: Tlv) => (tag & 0x20) !== 0;

/** A change somewhere inside of a value that leaves it well-formed and not the same. */
function mutate(value: Tlv, random: Random): Uint8Array {
  const inner = isConstructed(value) ? children(value) : [];
  if (inner.length > 0 && random.below(5) > 0) {
    const at = random.below(inner.length);
    const parts = inner.map(({ bytes }) => bytes);
    const one = inner[at];
    switch (random.below(4)) {
      case 0:
        return tlv(value.tag, ...parts.filter((_, i) => i !== at));
      case 1:
        return tlv(value.tag, ...parts, parts[at] ?? new Uint8Array());
      default:
        return tlv(value.tag, ...parts.map((part, i) => (i === at && one ? mutate(one, random) : part)));
    }
  }
  const content = value.content.slice();
  if (content.length === 0 || random.below(4) === 0) return tlv(value.tag, content, random.bytes(1 + random.below(4)));
  const at = random.below(content.length);
  content[at] = (content[at] ?? 0) ^ (1 + random.below(255));
  return tlv(value.tag, content);
}

function flipped(bytes: Uint8Array, at: number, random: Random): Uint8Array {
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
  return changed;
}

const cmsOf = (seed: SeedFile) => readTlv(lastContents(seed));

/** What stands between the covered parts: the signature itself, which no hash protects. */
export const CONTENTS_MUTATIONS: readonly Mutation[] = [
  refused('a CMS rebuilt with another protected part', (seed, random) => {
    const cms = cmsOf(seed);
    const { path } = random.pick(protectedParts(cms.bytes));
    return withContents(seed, rewrite(cms, path, (target) => mutate(target, random)));
  }, 6),
  refused('a byte of the signed attributes or the signature value', (seed, random) => {
    const cms = cmsOf(seed);
    const { path } = random.pick(protectedParts(cms.bytes));
    return withContents(seed, rewrite(cms, path, ({ bytes, content }) => flipped(bytes, bytes.length - 1 - random.below(content.length), random)));
  }, 4),
  refused('a signer’s certificate with another byte', (seed, random) => {
    const cms = cmsOf(seed);
    const signedData = children(children(cms)[1] ?? cms)[0] ?? cms;
    const set = children(signedData).findIndex(({ tag }) => tag === 0xa0);
    const { signer } = readSignedData(cms.bytes);
    const own = children(children(signedData)[set] ?? cms).findIndex(({ bytes }) => signer && equalBytes(bytes, signer.der));
    return withContents(seed, rewrite(cms, [1, 0, set, own], (certificate) => flipped(certificate.bytes, 4 + random.below(certificate.bytes.length - 4), random)));
  }, 3),
  refused('no certificates', (seed) => {
    const cms = cmsOf(seed);
    return withContents(seed, rewrite(cms, [1, 0], (signedData) => tlv(signedData.tag, ...children(signedData).flatMap(({ tag, bytes }) => (tag === 0xa0 ? [] : [bytes])))));
  }),
  refused('a second signer', (seed) => {
    const cms = cmsOf(seed);
    const last = children(children(children(cms)[1] ?? cms)[0] ?? cms).length - 1;
    return withContents(seed, rewrite(cms, [1, 0, last], (set) => tlv(set.tag, set.content, set.content)));
  }),
  refused('no signer', (seed) => {
    const cms = cmsOf(seed);
    const last = children(children(children(cms)[1] ?? cms)[0] ?? cms).length - 1;
    return withContents(seed, rewrite(cms, [1, 0, last], (set) => tlv(set.tag)));
  }),
  refused('nothing, or noise, for a signature', (seed, random) => withContents(seed, random.pick([new Uint8Array(), random.bytes(10 + random.below(500)), Uint8Array.of(0x30, 0), tlv(0x30, random.bytes(300)), Uint8Array.of(0x30, 0x80, 0, 0), Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)])), 2),
  refused('a CMS that breaks off', (seed, random) => {
    const { bytes } = cmsOf(seed);
    return withContents(seed, bytes.subarray(0, random.below(bytes.length)));
  }),
  refused('bytes in the padding', (seed, random) => {
    const contents = lastContents(seed);
    const used = cmsOf(seed).bytes.length;
    if (used >= contents.length) return undefined;
    contents[used + random.below(contents.length - used)] = 1 + random.below(255);
    return withContents(seed, contents);
  }, 2),
  refused('the signature of another place', (seed, random) => {
    const { bytes, facts: { gaps } } = seed;
    if (gaps.length < 2) return undefined;
    const [from, to] = random.pick(gaps.slice(0, -1));
    const digits = fromLatin1(bytes.subarray(from + 1, to - 1));
    const value = readTlv(Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)));
    return withContents(seed, value.bytes);
  }),
  refused('deep nesting for a signature', (seed, random) => {
    let value = tlv(0x05);
    for (let depth = 0; depth < 50 + random.below(1500); depth++) value = tlv(random.pick([0x30, 0x31, 0xa0]), value);
    return withContents(seed, value);
  }),
];

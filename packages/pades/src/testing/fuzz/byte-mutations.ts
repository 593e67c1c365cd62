import { joinBytes } from '../../hash.js';
import { toLatin1 } from '../../pdf/characters.js';
import { refused, type Mutation, type SeedFile } from './mutation.js';
import type { Random } from './random.js';

/** A position that the last signature covers. */
function covered({ facts: { gaps, end } }: SeedFile, random: Random): number {
  const [from = 0, to = 0] = gaps.at(-1) ?? [];
  const at = random.below(end - (to - from));
  return at < from ? at : at + (to - from);
}

function withBytes(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = change(changed[at] ?? 0);
  return changed;
}

/** Bytes changed, put in, taken out and moved where the last signature covers them: no reading of the file makes up for that. */
export const BYTE_MUTATIONS: readonly Mutation[] = [
  refused('a bit flipped', (seed, random) => withBytes(seed.bytes, covered(seed, random), (byte) => byte ^ (1 << random.below(8))), 12),
  refused('a byte replaced', (seed, random) => withBytes(seed.bytes, covered(seed, random), (byte) => (byte + 1 + random.below(255)) % 256), 8),
  refused('a space for another white space', (seed, random) => {
    const from = covered(seed, random);
    const at = seed.bytes.indexOf(0x20, from);
    const [gapStart = 0] = seed.facts.gaps.at(-1) ?? [];
    return at < 0 || at >= seed.facts.end || (at >= gapStart && from < gapStart) ? undefined : withBytes(seed.bytes, at, () => 0x0a);
  }, 2),
  refused('several bytes replaced', (seed, random) => {
    let { bytes } = seed;
    for (let left = 2 + random.below(20); left > 0; left--) bytes = withBytes(bytes, covered(seed, random), (byte) => byte ^ (1 + random.below(255)));
    // Twice the same place may undo itself.
    return bytes.every((byte, i) => byte === seed.bytes[i]) ? undefined : bytes;
  }, 2),
  refused('bytes put in', (seed, random) => {
    const at = covered(seed, random);
    return joinBytes([seed.bytes.subarray(0, at), random.bytes(1 + random.below(40)), seed.bytes.subarray(at)]);
  }, 2),
  refused('bytes taken out', (seed, random) => {
    const at = covered(seed, random);
    return joinBytes([seed.bytes.subarray(0, at), seed.bytes.subarray(at + 1 + random.below(40))]);
  }, 2),
  refused('broken off', ({ bytes, facts: { gaps, end } }, random) => {
    // Before the end of an earlier signature nothing whole is left of this one; at an earlier state's end another file begins.
    const [from = 0] = gaps.at(-1) ?? [];
    return bytes.subarray(0, from + random.below(end - from));
  }, 2),
  refused('two parts swapped', ({ bytes, facts: { gaps } }, random) => {
    const [from = 0] = gaps.at(-1) ?? [];
    const [first = 0, second = 0, third = 0] = [random.below(from), random.below(from), random.below(from)].sort((a, b) => a - b);
    const swapped = joinBytes([bytes.subarray(0, first), bytes.subarray(second, third), bytes.subarray(first, second), bytes.subarray(third)]);
    return swapped.every((byte, i) => byte === bytes[i]) ? undefined : swapped;
  }),
  // Behind validation data that nothing covers yet, more that nothing covers makes no difference.
  refused('words after the end', ({ bytes, facts: { end } }, random) => (end < bytes.length ? undefined : joinBytes([bytes, toLatin1(random.pick(['%% more', 'x', '%%EOF more', 'trailer << >>', '<< /Root 1 0 R >>']))]))),
  refused('bytes before the header', ({ bytes }, random) => joinBytes([random.bytes(1 + random.below(30)), bytes])),
];

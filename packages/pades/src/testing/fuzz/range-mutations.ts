import { fromLatin1, toLatin1 } from '../../pdf/characters.js';
import { refused, type Mutation, type SeedFile } from './mutation.js';
import type { Random } from './random.js';

/** Other words for the last /ByteRange, in as many characters, so that everything else stays where it is. */
function withRange({ bytes, facts: { gaps } }: SeedFile, write: (range: readonly [number, number, number, number]) => string | undefined): Uint8Array | undefined {
  const text = fromLatin1(bytes);
  const [from = 0] = gaps.at(-1) ?? [];
  const found = [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/g)].find(([, first]) => Number(first) === from);
  if (!found) return undefined;
  const [whole, a, b, c] = found;
  const written = write([0, Number(a), Number(b), Number(c)]);
  if (written === undefined || written.length > whole.length || written === whole.trimEnd()) return undefined;
  return toLatin1(text.slice(0, found.index) + written.padEnd(whole.length) + text.slice(found.index + whole.length));
}

/** Near what is there, or far from it. */
const shifted = (value: number, random: Random) => random.pick([value + 1 + random.below(50), Math.max(0, value - 1 - random.below(50)), 0, value * 2, 2 ** 31, 2 ** 32 + value, 9_007_199_254_740_993]);

/** ByteRange games. The entry is itself covered, so that not even a harmless one may pass. */
export const RANGE_MUTATIONS: readonly Mutation[] = [
  refused('one number of a ByteRange', (seed, random) => {
    const at = random.below(4);
    return withRange(seed, (range) => {
      const changed = range.map((value, i) => (i === at ? shifted(value, random) : value));
      return changed[at] === range[at] ? undefined : `/ByteRange [${changed.join(' ')}]`;
    });
  }, 3),
  refused('a ByteRange of another shape', (seed, random) =>
    withRange(seed, ([start, a, b, c]) =>
      random.pick([
        `/ByteRange [${a} ${start} ${c} ${b}]`,
        `/ByteRange [${start} ${a}]`,
        `/ByteRange [${start} ${b + c}]`,
        `/ByteRange [${start} ${a} ${b}]`,
        `/ByteRange [0 0 ${b} ${c}]`,
        `/ByteRange [-1 ${a} ${b} ${c}]`,
        `/ByteRange [${b} ${c} 0 ${a}]`,
        `/ByteRange [0.5 ${a} ${b} ${c}]`,
        `/ByteRange [true ${a} ${b}]`,
        `/ByteRange [(0) ${a} ${b}]`,
        `/ByteRange [1 0 R ${a} ${b}]`,
        '/ByteRange null',
        '/ByteRange []',
        '/ByteRange 1 0 R',
        '/ByteRangs []',
      ]),
    ), 3),
];

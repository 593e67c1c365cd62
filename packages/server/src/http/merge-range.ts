import type { ByteRange } from './range.js';

/** Start and end (the byte after the last) of each run, in order, none touching the next. */
export type Runs = readonly (readonly [number, number])[];

/** Nobody reads a file in this many pieces; who does is not counted any further. */
const mostRuns = 1_000;

/** Adds a range to runs: bytes that were there before do not count twice. */
export function mergeRange(runs: Runs, { start, end }: ByteRange): Runs {
  const apart = runs.filter(([from, to]) => to < start || from > end);
  const joined = runs.filter(([from, to]) => to >= start && from <= end);
  const grown = [Math.min(start, ...joined.map(([from]) => from)), Math.max(end, ...joined.map(([, to]) => to))] as const;
  const merged = [...apart, grown].sort(([a], [b]) => a - b);
  return merged.length > mostRuns ? runs : merged;
}

export const lengthOf = (runs: Runs): number => runs.reduce((sum, [start, end]) => sum + end - start, 0);

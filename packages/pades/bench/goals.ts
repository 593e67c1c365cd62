import { DELTA, FROM_FILE, LIBPDF, ONE_BUFFER, PARSE_AND_WRITE, PDF_LIB_FAMILY, SHA } from './contenders.js';
import type { InputName } from './inputs.js';
import type { Result } from './race.js';

type Cells = ReadonlyMap<string, Result>;

/** What was measured with one input. */
export interface Measured {
  readonly cells: Cells;
  /** Of the input, in megabytes. */
  readonly size: number;
}

/** Megabytes of a process that signs nothing. */
interface Idle {
  readonly node: number;
  readonly engine: number;
}

interface Goal {
  readonly what: string;
  readonly inputs: (input: InputName, size: number) => boolean;
  /** What was measured, and what it may be. */
  measure(cells: Cells, about: { readonly input: InputName; readonly size: number; readonly idle: Idle }): { readonly value: number; readonly limit: number };
}

const all = () => true;
const inStreams = (input: InputName) => input === '60,000 objects in streams';
const isDense = (input: InputName) => inStreams(input) || input.includes('object');
const of = (cells: Cells, contender: string): Result => cells.get(contender) ?? { median: NaN, min: NaN, peak: NaN, runs: 0 };
const sha = (cells: Cells) => of(cells, SHA).median;
const family = (cells: Cells) => Math.min(...PDF_LIB_FAMILY.map((contender) => of(cells, contender).median));
const ours = (cells: Cells) => of(cells, ONE_BUFFER).median;

const GOALS: readonly Goal[] = [
  { what: 'parse + write, cross-reference table, ms', inputs: (input) => !inStreams(input), measure: (cells) => ({ value: of(cells, PARSE_AND_WRITE).median, limit: 2 }) },
  { what: 'parse + write, object streams, ms', inputs: inStreams, measure: (cells) => ({ value: of(cells, PARSE_AND_WRITE).median, limit: 15 }) },
  { what: 'from the file, ms', inputs: all, measure: (cells) => ({ value: of(cells, FROM_FILE).median, limit: 1.5 * sha(cells) + 10 }) },
  { what: 'delta only, ms', inputs: all, measure: (cells) => ({ value: of(cells, DELTA).median, limit: 1.5 * sha(cells) + 10 }) },
  { what: 'one buffer, ms', inputs: all, measure: (cells) => ({ value: ours(cells), limit: 2.5 * sha(cells) + 12 }) },
  { what: 'from the file, MB over the base', inputs: all, measure: (cells, { idle }) => ({ value: of(cells, FROM_FILE).peak - idle.engine, limit: 32 }) },
  // Small inputs are lost in what a first signature takes for itself.
  { what: 'one buffer, MB over the base', inputs: (_, size) => size > 50, measure: (cells, { size, idle }) => ({ value: of(cells, ONE_BUFFER).peak - idle.engine, limit: 2.2 * size }) },
  { what: 'one buffer, share of the pdf-lib family’s time', inputs: all, measure: (cells, { input }) => ({ value: ours(cells) / family(cells), limit: isDense(input) ? 1 / 50 : 1 / 10 }) },
  { what: 'one buffer, share of @libpdf/core’s time', inputs: all, measure: (cells, { input }) => ({ value: ours(cells) / of(cells, LIBPDF).median, limit: isDense(input) ? 1 / 6 : 1 / 1.7 }) },
  { what: 'one buffer, share of @libpdf/core’s memory', inputs: all, measure: (cells) => ({ value: of(cells, ONE_BUFFER).peak / of(cells, LIBPDF).peak, limit: 1 / 2 }) },
  { what: 'the same without what Node takes alone', inputs: all, measure: (cells, { idle }) => ({ value: (of(cells, ONE_BUFFER).peak - idle.node) / (of(cells, LIBPDF).peak - idle.node), limit: 1 / 2 }) },
];

/** Each goal with the input that comes closest to its limit, or lies furthest beyond. */
export function printGoals(results: ReadonlyMap<InputName, Measured>, idle: Idle): void {
  console.log('| goal | met in | tightest | measured | limit |\n|---|---|---|---|---|');
  for (const { what, inputs, measure } of GOALS) {
    const cells = [...results].filter(([input, { size }]) => inputs(input, size)).map(([input, { cells: contenders, size }]) => ({ input, ...measure(contenders, { input, size, idle }) }));
    const met = cells.filter(({ value, limit }) => value <= limit).length;
    const [tightest] = cells.sort((a, b) => b.value / b.limit - a.value / a.limit);
    if (tightest) console.log(`| ${what} | ${met} of ${cells.length} | ${tightest.input} | ${tightest.value.toPrecision(2)} | ${tightest.limit.toPrecision(2)} |`);
  }
}

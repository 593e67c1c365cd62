import { DELTA, FROM_FILE, LIBPDF, ONE_BUFFER, PARSE_AND_WRITE, PDF_LIB_FAMILY, SHA } from './contenders.js';
import type { InputName } from './inputs.js';
import type { Result } from './race.js';

/** What was measured with one input. */
export interface Measured {
  readonly cells: ReadonlyMap<string, Result>;
  /** Of the input, in megabytes. */
  readonly size: number;
}

/** Megabytes of a process that signs nothing. */
interface Idle {
  readonly node: number;
  readonly engine: number;
}

interface Field {
  readonly input: InputName;
  readonly size: number;
  readonly idle: Idle;
  /** Milliseconds, and megabytes. */
  time(contender: string): number;
  peak(contender: string): number;
}

interface Goal {
  readonly what: string;
  readonly inputs: (input: InputName, size: number) => boolean;
  /** What was measured, and what it may be. */
  measure(field: Field): readonly [value: number, limit: number];
}

const all = () => true;
const inStreams = (input: InputName) => input === '60,000 objects in streams';
const isDense = (input: InputName) => input.includes('object');
const family = ({ time }: Field) => Math.min(...PDF_LIB_FAMILY.map(time));

const GOALS: readonly Goal[] = [
  { what: 'parse + write, cross-reference table, ms', inputs: (input) => !inStreams(input), measure: ({ time }) => [time(PARSE_AND_WRITE), 2] },
  { what: 'parse + write, object streams, ms', inputs: inStreams, measure: ({ time }) => [time(PARSE_AND_WRITE), 15] },
  { what: 'from the file, ms', inputs: all, measure: ({ time }) => [time(FROM_FILE), 1.5 * time(SHA) + 10] },
  { what: 'delta only, ms', inputs: all, measure: ({ time }) => [time(DELTA), 1.5 * time(SHA) + 10] },
  { what: 'one buffer, ms', inputs: all, measure: ({ time }) => [time(ONE_BUFFER), 2.5 * time(SHA) + 12] },
  { what: 'one buffer, share of the pdf-lib family’s time', inputs: all, measure: (field) => [field.time(ONE_BUFFER) / family(field), isDense(field.input) ? 1 / 50 : 1 / 10] },
  { what: 'one buffer, share of @libpdf/core’s time', inputs: all, measure: ({ time, input }) => [time(ONE_BUFFER) / time(LIBPDF), isDense(input) ? 1 / 6 : 1 / 1.7] },
  { what: 'from the file, MB over the engine alone', inputs: all, measure: ({ peak, idle }) => [peak(FROM_FILE) - idle.engine, 32] },
  // What a first signature takes for itself is more than a small input.
  { what: 'one buffer, MB over the engine alone', inputs: (_, size) => size > 50, measure: ({ peak, idle, size }) => [peak(ONE_BUFFER) - idle.engine, 2.2 * size] },
  { what: 'one buffer, share of @libpdf/core’s memory', inputs: all, measure: ({ peak }) => [peak(ONE_BUFFER) / peak(LIBPDF), 1 / 2] },
  { what: 'the same without what Node takes alone', inputs: all, measure: ({ peak, idle }) => [(peak(ONE_BUFFER) - idle.node) / (peak(LIBPDF) - idle.node), 1 / 2] },
];

/** Each goal with the input that comes closest to its limit, or lies furthest beyond; by medians, and by what the machine manages at best. */
export function printGoals(results: ReadonlyMap<InputName, Measured>, idle: Idle): void {
  console.log('| goal | met by medians | by minima | tightest by medians | measured | limit |\n|---|---|---|---|---|---|');
  for (const { what, inputs, measure } of GOALS) {
    const fields = [...results].filter(([input, { size }]) => inputs(input, size));
    const by = (statistic: 'median' | 'min') =>
      fields.map(([input, { cells, size }]) => {
        const [value, limit] = measure({ input, size, idle, time: (contender) => cells.get(contender)?.[statistic] ?? NaN, peak: (contender) => cells.get(contender)?.peak ?? NaN });
        return { input, value, limit };
      });
    const met = (cells: ReturnType<typeof by>) => `${cells.filter(({ value, limit }) => value <= limit).length} of ${cells.length}`;
    const [tightest] = by('median').sort((a, b) => b.value / b.limit - a.value / a.limit);
    if (tightest) console.log(`| ${what} | ${met(by('median'))} | ${met(by('min'))} | ${tightest.input} | ${tightest.value.toPrecision(2)} | ${tightest.limit.toPrecision(2)} |`);
  }
}

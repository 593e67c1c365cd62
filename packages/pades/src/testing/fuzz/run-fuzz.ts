import { bytesSource } from '../../byte-source.js';
import { isPadesError } from '../../errors.js';
import { describeReport } from '../../describe/describe-report.js';
import type { PdfReport } from '../../validate/report.js';
import { validatePdf } from '../../validate/validate-pdf.js';
import { hash } from '../envelope.js';
import { BYTE_MUTATIONS } from './byte-mutations.js';
import { CONTENTS_MUTATIONS } from './contents-mutations.js';
import { harmlessMutations } from './harmless.js';
import type { Mutation, SeedFile } from './mutation.js';
import { OBJECT_MUTATIONS } from './object-mutations.js';
import { createRandom } from './random.js';
import { RANGE_MUTATIONS } from './range-mutations.js';
import type { SeedWorld } from './seed-files.js';
import { SHAPE_MUTATIONS } from './shape-mutations.js';
import { XREF_MUTATIONS } from './xref-mutations.js';

export interface FuzzOptions {
  readonly seed: number;
  /** Cases from this one on; 0 without. */
  readonly first?: number;
  readonly cases: number;
  /** Told of each case before it is judged, so that one that never ends has a name. */
  readonly onCase?: (fuzzed: FuzzedFile) => void;
  readonly onFailure?: (failure: Failure) => void;
}

export interface FuzzedFile {
  readonly index: number;
  readonly mutation: string;
  readonly base: string;
  readonly bytes: Uint8Array;
}

export interface Failure extends FuzzedFile {
  readonly why: string;
}

export interface FuzzOutcome {
  readonly cases: number;
  /** By mutation: how many were made of it. */
  readonly made: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
  /** Milliseconds. */
  readonly slowest: { readonly time: number; readonly mutation: string; readonly index: number };
}

const LONGEST = 5000;

/** Time that this process has worked, where the platform tells: other processes may keep it waiting. */
const clock: () => number = typeof globalThis.process?.cpuUsage === 'function' ? () => Object.values(process.cpuUsage()).reduce((sum, part) => sum + part / 1000, 0) : () => performance.now();

/** Every way to change a file, as often as it weighs. */
export function mutationsFor({ world }: SeedWorld): readonly Mutation[] {
  const all = [...BYTE_MUTATIONS, ...CONTENTS_MUTATIONS, ...RANGE_MUTATIONS, ...OBJECT_MUTATIONS, ...XREF_MUTATIONS, ...SHAPE_MUTATIONS, ...harmlessMutations(world)];
  return all.flatMap((mutation) => Array.from({ length: mutation.weight ?? 1 }, () => mutation));
}

/**
 * Changes valid files at random and judges them: nothing but a `PadesError` may be thrown, no verdict may take longer than
 * five seconds of work, and what is refused or accepted must be as the mutation says. The same seed over the same files makes the
 * same cases, each by itself.
 */
export async function runFuzz(seeds: SeedWorld, { seed, first = 0, cases, onCase, onFailure }: FuzzOptions): Promise<FuzzOutcome> {
  const mutations = mutationsFor(seeds);
  const made = new Map<string, number>();
  const failures: Failure[] = [];
  let slowest = { time: 0, mutation: '', index: 0 };
  for (let index = first; index < first + cases; index++) {
    const fuzzed = await makeCase(seeds.files, mutations, { seed, index });
    if (!fuzzed) continue;
    const { mutation, base, bytes } = fuzzed;
    const named = { index, mutation: mutation.name, base: base.name, bytes };
    onCase?.(named);
    made.set(mutation.name, (made.get(mutation.name) ?? 0) + 1);
    const start = clock();
    const why = await judge(mutation, base, bytes);
    const time = clock() - start;
    if (time > slowest.time) slowest = { time, mutation: mutation.name, index };
    for (const wrong of [why, time > LONGEST ? `took ${Math.round(time)} ms` : undefined]) {
      if (wrong === undefined) continue;
      failures.push({ ...named, why: wrong });
      onFailure?.({ ...named, why: wrong });
    }
  }
  return { cases, made, failures, slowest };
}

interface CaseNumber {
  readonly seed: number;
  readonly index: number;
}

async function makeCase(files: readonly SeedFile[], mutations: readonly Mutation[], { seed, index }: CaseNumber) {
  const random = createRandom(seed, index);
  const mutation = mutations[index % mutations.length];
  const start = random.below(files.length);
  for (const [i] of files.entries()) {
    const base = files[(start + i) % files.length];
    const bytes = base && (await mutation?.make(base, random));
    if (!base || !mutation || !bytes) continue;
    // What is the same after all is no case of a change.
    if (mutation.expect === 'refused' && bytes.length === base.bytes.length && bytes.every((byte, at) => byte === base.bytes[at])) continue;
    return { mutation, base, bytes };
  }
  return undefined;
}

/** What is wrong with the verdict; undefined where nothing is. */
async function judge({ expect }: Mutation, { anchors }: SeedFile, bytes: Uint8Array): Promise<string | undefined> {
  try {
    const report = await validatePdf(bytesSource(bytes), { anchors, hash, crypto: globalThis.crypto });
    return (report.ok ? expect === 'refused' : expect === 'accepted') ? `${report.ok ? 'accepted' : 'refused'}: ${summary(report)}` : misdescribed(report);
  } catch (error) {
    if (isPadesError(error)) return expect === 'accepted' ? `refused: ${error.code}` : undefined;
    return `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  }
}

const summary = ({ signatures, document }: PdfReport): string =>
  [...signatures.map(({ field, indication, modification, problems, warnings }) => `${field} ${indication} ${modification} [${problems.join(' ')}] (${warnings.join(' ')})`), document.warnings.join(' ')].join('; ');

/** The words must say what the report says. */
function misdescribed(report: PdfReport): string | undefined {
  for (const locale of ['ja', 'en'] as const) {
    const { document, signatures } = describeReport(report, { locale });
    if ((document.verdict === 'valid') !== report.ok || signatures.length !== report.signatures.length) return `described as ${document.verdict}`;
    if (signatures.some(({ title, lines }) => title === '' || lines.some(({ text }) => text === '' || text.includes('undefined')))) return 'described with words missing';
  }
  return undefined;
}

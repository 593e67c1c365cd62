import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { isPadesError } from '../errors.js';
import { readFields } from '../form/fields.js';
import type { NewField } from '../form/new-field.js';
import { preparePdf } from '../form/prepare-pdf.js';
import { joinBytes } from '../hash.js';
import { openPdf } from '../pdf/file.js';
import { augmented, createWorld, signIn, validateIn, type World } from '../testing/long-term.js';
import { samplePdf } from '../testing/sample-pdf.js';
import type { FieldFill } from './fill-fields.js';

/** The same numbers from 0 to 1 for the same seed, so that a failure can be run again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Step = (bytes: Uint8Array, next: () => number) => Promise<Uint8Array>;

/** One new field, often of a kind that earlier signatures forbid. */
const prepare: Step = async (bytes, next) => {
  const name = `f${Math.floor(next() * 1e6)}`;
  const rect = [20 + next() * 300, 20 + next() * 500, 400, 600] as const;
  const kinds: readonly NewField[] = [{ kind: 'signature', name, page: 1, rect, lock: { fields: [name] } }, { kind: 'text', name, page: 1, rect }, { kind: 'checkbox', name, page: 2, rect }, { kind: 'invisible-signature', name }];
  return joinBytes([bytes, await preparePdf(bytesSource(bytes), { fields: [kinds[Math.floor(next() * kinds.length)] ?? { kind: 'invisible-signature', name }] })]);
};

/** Signs an empty field, or a new one, and fills in one other field. */
const signStep = (world: World): Step => async (bytes, next) => {
  const fields = await readFields(await openPdf(bytesSource(bytes)));
  const empty = fields.find(({ type, value }) => type === 'Sig' && value === null);
  const open = fields.find(({ type, flags }) => (type === 'Tx' || type === 'Btn') && (flags & 1) === 0);
  const fill: FieldFill | undefined = open && (open.type === 'Tx' ? { kind: 'text', name: open.name, value: '値', appearance: undefined } : { kind: 'checkbox', name: open.name, checked: true });
  const place = next() < 0.5 ? { rect: [10, 10, 60 + next() * 100, 60] as const } : {};
  const how = empty && next() < 0.7 ? { field: empty.name } : { create: place };
  return signIn(world, bytes, { ...how, fills: fill && next() < 0.6 ? [fill] : [], stamped: next() < 0.8, certify: next() < 0.2 });
};

const augmentStep = (world: World): Step => (bytes, next) => augmented(world, bytes, { level: next() < 0.5 ? 'B-LT' : 'B-LTA' });

describe('any sequence of preparing, filling in, signing and augmenting', () => {
  let world: World;
  before(async () => void (world = await createWorld()));

  for (const seed of [1, 2, 3, 5, 8, 13, 21, 34]) {
    it(`keeps every earlier byte and every earlier signature (seed ${seed})`, async () => {
      const next = random(seed);
      const steps = [prepare, signStep(world), signStep(world), augmentStep(world)];
      let bytes: Uint8Array = await samplePdf({ objectStreams: next() < 0.5 });
      let signatures = 0;
      for (let i = 0; i < 8; i++) {
        const step = steps[Math.floor(next() * steps.length)] ?? prepare;
        const grown = await step(bytes, next).catch((error: unknown) => {
          // Refusing is right where a signature forbids it; anything but a refusal is not.
          if (!isPadesError(error) || !['locked', 'field_not_found'].includes(error.code)) throw error;
          return bytes;
        });
        expect(grown.subarray(0, bytes.length)).to.deep.equal(new Uint8Array(bytes));
        bytes = grown;
        const report = await validateIn(world, bytes);
        expect(report.signatures.length, `step ${i}`).to.be.at.least(signatures);
        expect(report.signatures.flatMap(({ problems }) => problems), `step ${i}`).to.deep.equal([]);
        signatures = report.signatures.length;
      }
      expect(signatures).to.be.greaterThan(0);
    });
  }
});

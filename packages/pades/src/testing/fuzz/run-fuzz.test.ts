import { expect } from 'chai';
import { createRandom } from './random.js';
import { mutationsFor, runFuzz } from './run-fuzz.js';
import { makeSeedFiles, type SeedWorld } from './seed-files.js';

describe('validatePdf, of files changed at random', () => {
  let seeds: SeedWorld;
  before(async () => void (seeds = await makeSeedFiles()));

  it('throws nothing strange, takes no time, accepts nothing tampered and refuses nothing harmless', async () => {
    const rounds = 2;
    const { made, failures } = await runFuzz(seeds, { seed: 20261122, cases: rounds * mutationsFor(seeds).length });
    expect(failures.map(({ index, mutation, base, why }) => `${index} ${mutation} (${base}): ${why}`)).to.deep.equal([]);
    expect([...made.keys()].sort()).to.deep.equal([...new Set(mutationsFor(seeds).map(({ name }) => name))].sort());
  }).timeout(120_000);

  it('tells of verdicts that are wrong', async () => {
    const untrusted = seeds.files.map((file) => ({ ...file, anchors: [] }));
    const { failures } = await runFuzz({ files: untrusted, world: undefined }, { seed: 1, first: mutationsFor({ files: [], world: undefined }).length - 4, cases: 4 });
    expect(failures.map(({ mutation }) => mutation)).to.include('the same bytes');
    // As if the signature covered the validation data that came after it.
    const lasting = seeds.files.filter(({ name }) => name === 'world, B-LT').map((file) => ({ ...file, facts: { ...file.facts, gaps: [[0, file.facts.end] as const], end: file.bytes.length } }));
    const flips = await runFuzz({ files: lasting, world: undefined }, { seed: 1, cases: 12 });
    expect(flips.failures.map(({ mutation, why }) => `${mutation} ${why}`).join()).to.contain('a bit flipped accepted: seal1 TOTAL-PASSED');
  });

  it('makes the same cases of the same files for the same seed', async () => {
    const casesOf = async (first: number) => {
      const cases: string[] = [];
      await runFuzz({ ...seeds, world: undefined }, { seed: 7, first, cases: 12, onCase: ({ mutation, base, bytes }) => void cases.push(`${mutation} ${base} ${bytes.length}`) });
      return cases;
    };
    expect(await casesOf(3)).to.deep.equal(await casesOf(3)).and.not.deep.equal(await casesOf(4));
    const [a, b] = [createRandom(1, 2), createRandom(1, 3)];
    expect(a.bytes(16)).to.not.deep.equal(b.bytes(16));
  });
});

import { expect } from 'chai';
import { lengthOf, mergeRange } from './merge-range.js';
import type { Runs } from './merge-range.js';

const merged = (...ranges: [number, number][]): Runs => ranges.reduce<Runs>((runs, [start, end]) => mergeRange(runs, { start, end }), []);

describe('ranges that were served', () => {
  it('count a byte once, however often it was fetched', () => {
    expect(merged([0, 50], [0, 50])).to.deep.equal([[0, 50]]);
    expect(lengthOf(merged([0, 50], [25, 75], [0, 10]))).to.equal(75);
  });

  it('grow together in any order, over gaps and neighbours', () => {
    expect(merged([20, 30], [0, 10])).to.deep.equal([[0, 10], [20, 30]]);
    expect(merged([20, 30], [0, 10], [10, 20])).to.deep.equal([[0, 30]]);
    expect(merged([20, 30], [0, 10], [40, 50], [5, 45])).to.deep.equal([[0, 50]]);
  });

  it('are not kept without end', () => {
    const many = merged(...Array.from({ length: 1_500 }, (_, i): [number, number] => [2 * i, 2 * i + 1]));
    expect(many.length).to.equal(1_000);
    expect(lengthOf(mergeRange(many, { start: 0, end: 3_000 }))).to.equal(3_000);
  });
});

import { expect } from 'chai';
import { decodeStream, deflate } from './filters.js';
import { dict, name } from './objects.js';

const COLUMNS = 5;
const predicted = dict({ Filter: name('FlateDecode'), DecodeParms: dict({ Predictor: 12, Columns: COLUMNS }) });
const decode = (...rows: number[][]) => [...decodeStream(deflate(Uint8Array.from(rows.flat())), predicted)];

describe('a predicted stream', () => {
  it('adds nothing, the left, the row above, their mean, or the nearest', () => {
    const first = [10, 20, 30, 40, 250];
    expect(decode([0, ...first])).to.deep.equal(first);
    expect(decode([1, 10, 10, 10, 10, 210])).to.deep.equal(first);
    expect(decode([2, ...first])).to.deep.equal(first);
    expect(decode([0, ...first], [2, 1, 1, 1, 1, 10]).slice(COLUMNS)).to.deep.equal([11, 21, 31, 41, 4]);
    expect(decode([0, ...first], [3, 1, 1, 1, 1, 1]).slice(COLUMNS)).to.deep.equal([6, 14, 23, 32, 142]);
    expect(decode([0, ...first], [4, 1, 1, 1, 1, 1]).slice(COLUMNS)).to.deep.equal([11, 21, 31, 41, 251]);
  });

  it('takes what is missing of the last row for zeros', () => {
    expect(decode([0, 1, 2, 3, 4, 5], [2, 1, 1])).to.deep.equal([1, 2, 3, 4, 5, 2, 3, 3, 4, 5]);
  });

  it('refuses predictors that do not exist', () => {
    expect(() => decode([5, 1, 2, 3, 4, 5])).to.throw().with.property('code', 'broken_xref');
  });
});

import { expect } from 'chai';
import * as v from 'valibot';
import { seal } from './fields.js';

describe('seal', () => {
  const takes = (png: string): boolean => v.is(seal, { fieldId: 'f', kind: 'image', png, widthMm: 20, heightMm: 20 });

  it('takes a picture of five megabytes', () => {
    expect(takes('A'.repeat(7_000_000))).to.equal(true);
  });

  it('refuses what is not base64', () => {
    expect(['A', 'AAA', 'AA=A', 'A===', '====', 'AA A', 'AA-_', 'data:,AAA'].filter(takes)).to.deep.equal([]);
    expect(['AA==', 'AAA=', 'A+/A'].every(takes)).to.equal(true);
  });
});

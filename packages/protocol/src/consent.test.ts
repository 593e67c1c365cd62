import { expect } from 'chai';
import { canonicalJson, sealsDigestInput, valuesDigestInput } from './consent.js';
import type { Curve } from './fields.js';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('canonicalJson', () => {
  it('orders members by UTF-16 code units and writes numbers as RFC 8785, 3.2 does', () => {
    expect(text(canonicalJson({ 'b': 1e21, 'a': [56.0, 'ö€'], '\u20ac': null }))).to.equal('{"a":[56,"ö€"],"b":1e+21,"€":null}');
  });
});

describe('digest inputs', () => {
  it('do not depend on the order in which things were filled', () => {
    const a = { fieldId: 'a', value: '青葉' };
    const b = { fieldId: 'b', value: true };
    expect(text(valuesDigestInput([b, a]))).to.equal(text(valuesDigestInput([a, b])));
    expect(text(valuesDigestInput([a, b]))).to.equal('[{"fieldId":"a","value":"青葉"},{"fieldId":"b","value":true}]');
  });

  it('cover the true size of a seal', () => {
    const seal = { fieldId: 's', kind: 'text' as const, png: 'AA==', widthMm: 21, heightMm: 21 };
    expect(text(sealsDigestInput([seal]))).to.not.equal(text(sealsDigestInput([{ ...seal, widthMm: 18 }])));
  });

  it('cover every number of a signature by hand', () => {
    const seal = { fieldId: 's', kind: 'handwriting' as const, curves: [[0.7, 1, 2, 3, 4, 5, 6, 7, 8]] satisfies Curve[], widthMm: 21, heightMm: 21 };
    expect(text(sealsDigestInput([seal]))).to.equal('[{"curves":[[0.7,1,2,3,4,5,6,7,8]],"fieldId":"s","heightMm":21,"kind":"handwriting","widthMm":21}]');
  });
});

import { expect } from 'chai';
import { fold } from './page-search.js';

describe('text that is searched', () => {
  for (const [typed, written] of [
    ['ｱｸｾｽｺｰﾄﾞ', 'アクセスコード'],
    ['あくせすこーど', 'アクセスコード'],
    ['第１条', '第1条'],
    ['1-2-3', '１－２−３'],
    ['ＰＤＦ', 'pdf'],
    ['㈱山田建設', '(株)山田建設'],
    ['契 約 書', '契約書'],
    ['葛城', '葛\u{e0100}城'],
  ] as const) {
    it(`takes ${typed} for ${written}`, () => {
      expect(fold(typed)).to.equal(fold(written));
    });
  }

  it('tells か from が', () => {
    expect(fold('か')).not.to.equal(fold('ｶﾞ'));
  });
});

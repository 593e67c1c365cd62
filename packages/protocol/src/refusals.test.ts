import { expect } from 'chai';
import * as v from 'valibot';
import { consentRecord } from './consent.js';
import { envelopeInput } from './envelope.js';
import { delegationRequest } from './session.js';

const hash = '0'.repeat(64);
const consent = (revision: number): unknown => ({
  v: 1, envelopeId: 'e', recipientId: 'r', sessionId: 's', act: 'sign', documents: [{ id: 'd', revision, sha256: hash, length: 1 }],
  valuesSha256: hash, sealsSha256: hash, consentText: { id: 'c', sha256: hash, locale: 'ja' }, clientTime: '2026-11-21T00:00:00Z',
});

describe('what the wire refuses', () => {
  it('a number that canonical JSON has no form for', () => {
    expect(v.is(consentRecord, consent(1))).to.equal(true);
    expect(v.is(consentRecord, consent(JSON.parse('1e999') as number))).to.equal(false);
  });

  it('characters that turn the direction of our sentences around', () => {
    const sent = (change: Record<string, unknown>) => v.is(envelopeInput, { title: 'x', sender: { name: 'x', email: 'a@example.jp' }, documents: [{ id: 'd' }], recipients: [{ name: 'x', email: 'a@example.jp' }], ...change });
    expect(sent({ message: '一行目\n二行目 שלום' })).to.equal(true);
    for (const turning of ['\u202e', '\u202a', '\u2066', '\u2069']) {
      const words = `青葉市${turning}`;
      expect([{ title: words }, { message: words }, { sender: { name: words, email: 'a@example.jp' } }, { sender: { name: 'x', email: 'a@example.jp', contact: words } }, { recipients: [{ name: 'x', email: 'a@example.jp', accessCodeHint: words }] }, { documents: [{ id: 'd', name: words }] }].filter(sent)).to.deep.equal([]);
    }
  });

  it('line ends and half characters in names: they go into mails, signatures and file names', () => {
    const delegation = (name: string) => v.is(delegationRequest, { name, email: 'a@example.jp' });
    const titled = (title: string) => v.is(envelopeInput, { title, sender: { name: 'x', email: 'a@example.jp' }, documents: [{ id: 'd' }], recipients: [{ name: 'x', email: 'a@example.jp' }] });
    for (const accepts of [delegation, titled]) {
      expect(accepts('𠮷田 髙')).to.equal(true);
      expect(['a\nb', 'a\u0007', 'a\ud842'].filter(accepts)).to.deep.equal([]);
    }
  });
});

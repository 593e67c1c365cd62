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

  it('line ends and half characters in names: they go into mails, signatures and file names', () => {
    const delegation = (name: string) => v.is(delegationRequest, { name, email: 'a@example.jp' });
    const titled = (title: string) => v.is(envelopeInput, { title, sender: { name: 'x', email: 'a@example.jp' }, documents: [{ id: 'd' }], recipients: [{ name: 'x', email: 'a@example.jp' }] });
    for (const accepts of [delegation, titled]) {
      expect(accepts('𠮷田 髙')).to.equal(true);
      expect(['a\nb', 'a\u0007', 'a\ud842'].filter(accepts)).to.deep.equal([]);
    }
  });
});

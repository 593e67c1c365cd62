import type { SigningSession } from '@sky-sign/protocol';
import { expect } from 'chai';
import { workOf } from './state.js';
import { sessionOpened, sessionTold, valueSet } from './transitions.js';

const field = { kind: 'text', page: 1, rect: [0, 0, 100, 20], required: true, label: '', guide: '', input: 'text', multiline: false, maxLength: 20, fontSize: 11, documentId: 'doc' } as const;

/** As the server tells it, as far as these transitions look. */
function session(more: Partial<SigningSession> = {}): SigningSession {
  return {
    sessionId: 'ses',
    envelope: { id: 'env', title: '', controlNumber: '', message: '', status: 'sent' },
    sender: { name: '青葉市', contact: '' },
    recipient: { id: 'rcp', name: '', organization: '', email: '', locale: 'ja', status: 'active', mayDelegate: false, mayDecline: true },
    documents: [{ id: 'doc', name: '', revision: 0, sha256: '0'.repeat(64), length: 1, pages: 1, mustView: false }],
    fields: [{ ...field, rect: [0, 0, 100, 20], id: 'a', initial: '青葉' }, { ...field, rect: [0, 0, 100, 20], id: 'b' }],
    othersFields: [],
    recipients: [],
    consent: { id: '', text: '', sha256: '0'.repeat(64), locale: 'ja' },
    limits: { sealBytes: 1 },
    ...more,
  };
}

describe('what follows from what in the journey', () => {
  const opening = { step: 'opening' } as const;
  const values = (told: SigningSession) => [...(workOf(sessionTold(opening, told))?.values ?? [])];

  it('begins with what stands in the form, or with the draft where there is one', () => {
    expect(values(session())).to.deep.equal([['a', '青葉']]);
    expect(values(session({ draft: { values: [{ fieldId: 'b', value: 'x' }], seals: [], savedAt: '' } }))).to.deep.equal([['b', 'x']]);
  });

  it('keeps what is filled in when the server tells the session again, and drops what is no field any more', () => {
    const filled = valueSet(sessionTold(opening, session()), 'b', 'y');
    const [, second] = session().fields;
    expect([...(workOf(sessionTold(filled, session()))?.values ?? [])]).to.deep.equal([['a', '青葉'], ['b', 'y']]);
    expect([...(workOf(sessionTold(filled, session({ fields: second ? [second] : [] })))?.values ?? [])]).to.deep.equal([['b', 'y']]);
  });

  it('asks who signs only where somebody else may, or the sender has written something, and nothing is begun', () => {
    const { recipient, envelope } = session();
    const steps = [session(), session({ recipient: { ...recipient, mayDelegate: true } }), session({ envelope: { ...envelope, message: 'お願いします。' } }), session({ recipient: { ...recipient, mayDelegate: true }, draft: { values: [], seals: [], savedAt: '' } })];
    expect(steps.map((each) => sessionOpened(opening, each).step)).to.deep.equal(['reviewing', 'choosing-signer', 'choosing-signer', 'reviewing']);
  });
});

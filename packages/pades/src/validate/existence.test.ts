import { createTestPki, createTsa, type TestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { readCertificate } from '../cms/certificate.js';
import { createFailures } from '../cms/failures.js';
import { joinBytes } from '../hash.js';
import { appendDocumentTimestamp } from '../ltv/document-timestamp.js';
import { signPdf } from '../sign/sign-pdf.js';
import { codeOf, hash, sign } from '../testing/envelope.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { proveExistence } from './existence.js';
import { validatePdf } from './validate-pdf.js';

const { crypto } = globalThis;
const inYears = (years: number) => new Date(Date.now() + years * 365 * 86_400_000);

const stampedBy = async (bytes: Uint8Array, request: (query: Uint8Array) => Promise<Uint8Array>) => joinBytes([bytes, await appendDocumentTimestamp(bytesSource(bytes), { crypto, hash, timestamp: { request } })]);

/** A signer and two timestamp authorities whose certificates end one after the other: in one year, two, and three. */
describe('proof of existence', () => {
  let pki: TestPki;
  let signed: Uint8Array;
  let bare: Uint8Array;
  let stamped: Uint8Array;
  before(async () => {
    pki = await createTestPki({ crypto });
    const until = (years: number) => ({ notBefore: inYears(-1), notAfter: inYears(years) });
    const signer = { crypto, ...(await pki.issue({ commonName: 'Signer', usage: 'signer', ...until(1) })) };
    const first = createTsa({ crypto, ...(await pki.issue({ commonName: 'First TSA', usage: 'tsa', ...until(2) })) });
    const second = createTsa({ crypto, ...(await pki.issue({ commonName: 'Second TSA', usage: 'tsa', ...until(3) })) });
    const base = await samplePdf();
    bare = joinBytes([base, (await signPdf(bytesSource(base), { create: {}, signer, hash, at: new Date() })).delta]);
    signed = await sign(base, { create: {}, signer, timestamp: { request: first } });
    stamped = await stampedBy(signed, second);
  });

  const at = async (bytes: Uint8Array, when: Date) => {
    const { signatures } = await validatePdf(bytesSource(bytes), { anchors: [pki.root.certificate], hash, crypto, at: when });
    return signatures.map(({ indication, subIndication, time }) => `${indication} ${subIndication ?? ''} ${time === null ? 'unproven' : 'proven'}`.replace('  ', ' '));
  };

  it('is nothing without a timestamp: the certificate has to be valid when it is looked at', async () => {
    expect(await at(bare, new Date())).to.deep.equal(['TOTAL-PASSED unproven']);
    expect(await at(bare, inYears(1.5))).to.deep.equal(['INDETERMINATE OUT_OF_BOUNDS_NO_POE unproven']);
  });

  it('comes from a signature timestamp as long as its authority can be relied on', async () => {
    expect(await at(signed, inYears(1.5))).to.deep.equal(['TOTAL-PASSED proven']);
    expect(await at(signed, inYears(2.5))).to.deep.equal(['INDETERMINATE OUT_OF_BOUNDS_NO_POE unproven']);
  });

  it('is renewed by a document timestamp over it', async () => {
    expect(await at(stamped, inYears(2.5))).to.deep.equal(['TOTAL-PASSED proven', 'TOTAL-PASSED proven']);
    expect(await at(stamped, inYears(3.5))).to.deep.equal(['INDETERMINATE OUT_OF_BOUNDS_NO_POE unproven', 'INDETERMINATE OUT_OF_BOUNDS_NO_POE unproven']);
  });

  it('is not looked for among certificates without end that only have the right name', async () => {
    const stranger = readCertificate((await createTestPki({ crypto })).root.certificate);
    const signer = readCertificate((await pki.issue({ commonName: 'Somebody', usage: 'signer' })).certificate);
    const certificates = Array.from({ length: 100 }, (_, i) => ({ ...stranger, subject: signer.issuer, der: Uint8Array.of(i) }));
    const check = { integrity: true, signer, certificates, answers: { ocsps: [], crls: [] }, baseline: true, token: undefined, signingTime: undefined, ambiguous: false, problems: [] };
    const prove = (count: number) => proveExistence(Array.from({ length: count }, () => ({ kind: 'signature' as const, check })), { crypto, anchors: [], candidates: [], at: new Date(), failures: createFailures() });
    expect((await prove(2)).map(({ past }) => past.path)).to.deep.equal(['none', 'none']);
    expect(await codeOf(prove(12))).to.equal('limit_exceeded');
  });

  it('comes from nobody whom no anchor vouches for', async () => {
    const stranger = await createTestPki({ crypto });
    const tsa = createTsa({ crypto, ...(await stranger.issue({ commonName: 'Stranger', usage: 'tsa' })) });
    const fake = await stampedBy(bare, tsa);
    expect(await at(fake, inYears(1.5))).to.deep.equal(['INDETERMINATE OUT_OF_BOUNDS_NO_POE unproven', 'INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND unproven']);
  });
});

import { createTestPki, createTsa } from '@sky-sign/testkit';
import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { createFailures } from '../cms/failures.js';
import { readCertificate } from '../cms/certificate.js';
import { joinBytes } from '../hash.js';
import { appendDocumentTimestamp } from '../ltv/document-timestamp.js';
import { readDss } from '../ltv/dss.js';
import { openPdf } from '../pdf/file.js';
import { codeOf, hash } from '../testing/envelope.js';
import { augmented, createWorld, signIn, withFields, type World } from '../testing/long-term.js';
import type { StatusNetwork } from '../revocation/find-status.js';
import { readLongTerm } from './long-term.js';
import type { SignatureInFile } from './read-signature.js';
import { validatePdf } from './validate-pdf.js';

const { crypto } = globalThis;
const YESTERDAY = new Date(Date.now() - 86_400_000);

/** What is said of the first signature with this network. */
async function verdict({ pki }: World, bytes: Uint8Array, network?: StatusNetwork) {
  const { ok, signatures } = await validatePdf(bytesSource(bytes), { anchors: [pki.root.certificate], hash, crypto, ...(network && { network }) });
  return { ok, level: signatures[0]?.level, problems: signatures[0]?.problems };
}

describe('what the network says of a signature', () => {
  it('refuses a signer who was revoked where no timestamp says that it was later', async () => {
    const world = await createWorld();
    const plain = await signIn(world, await withFields(1), { field: 'seal1', stamped: false });
    const stamped = await signIn(world, await withFields(1), { field: 'seal1' });
    expect(await verdict(world, plain, world.network)).to.deep.equal({ ok: true, level: 'B-B', problems: [] });
    world.network.revoke(world.signer.certificate, YESTERDAY);
    expect(await verdict(world, plain, world.network)).to.deep.equal({ ok: false, level: 'B-B', problems: ['certificate_revoked'] });
    expect(await verdict(world, stamped, world.network)).to.deep.equal({ ok: false, level: 'B-T', problems: ['certificate_revoked'] });
  });

  it('lets a timestamp before the revocation count, and validation data for good', async () => {
    const world = await createWorld();
    const stamped = await signIn(world, await withFields(1), { field: 'seal1' });
    const lasting = await augmented(world, stamped, { level: 'B-LT' });
    // Certificates say seconds, and so do timestamps.
    world.network.revoke(world.signer.certificate, new Date(Date.now() + 5000));
    expect(await verdict(world, stamped, world.network)).to.deep.equal({ ok: true, level: 'B-T', problems: [] });
    expect(await verdict(world, lasting, world.network)).to.deep.equal({ ok: true, level: 'B-LT', problems: [] });
  });

  it('lets no timestamp count that no anchor vouches for', async () => {
    const world = await createWorld();
    const plain = await signIn(world, await withFields(1), { field: 'seal1', stamped: false });
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const stranger = await createTestPki({ crypto });
    const request = createTsa({ crypto, ...(await stranger.issue({ commonName: 'Stranger', usage: 'tsa' })), now: () => hoursAgo(2) });
    const backdated = joinBytes([plain, await appendDocumentTimestamp(bytesSource(plain), { crypto, hash, timestamp: { request, now: () => hoursAgo(2) } })]);
    world.network.revoke(world.signer.certificate, hoursAgo(1));
    expect(await verdict(world, backdated, world.network)).to.deep.equal({ ok: false, level: 'B-B', problems: ['certificate_revoked'] });
  });

  it('reads revocation data that the signature itself brings along', async () => {
    const world = await createWorld();
    const lasting = await augmented(world, await signIn(world, await withFields(1), { field: 'seal1' }), { level: 'B-LT' });
    const { certificates, ocsps, crls } = await readDss(await openPdf(bytesSource(lasting)));
    const file = await openPdf(bytesSource(await withFields(1)));
    const { signer } = world.certificates();
    const answers = { ocsps, crls };
    const check = { integrity: true, signer, certificates: certificates.map(readCertificate), answers, baseline: true, token: undefined, signingTime: undefined, ambiguous: false, problems: [] };
    const past = { at: new Date(), proven: false, until: new Date(), path: 'valid', isAnchor: false, tokens: [] } as const;
    const signature = { kind: 'signature', byteRange: [0, 1, 2, 3] } as unknown as SignatureInFile;
    const trust = { crypto, anchors: [world.certificates().root], candidates: [], at: new Date(), failures: createFailures() };
    const revocationWith = async (own: typeof answers) => [...(await readLongTerm([{ signature, check: { ...check, answers: own }, past }], { file, revisions: [], trust, network: undefined })).values()].map(({ revocation, level }) => [revocation, level]);
    expect(await revocationWith(answers)).to.deep.equal([['good', null]]);
    expect(await revocationWith({ ocsps: [], crls: [] })).to.deep.equal([['unchecked', null]]);
    // The last byte of an answer is one of its signature, or of a certificate that should vouch for it.
    const broken = (der: Uint8Array) => Uint8Array.from(der, (byte, i) => (i === der.length - 1 ? byte ^ 1 : byte));
    const [answer = new Uint8Array()] = ocsps;
    expect(await codeOf(revocationWith({ ocsps: Array.from({ length: 2_100 }, () => broken(answer)), crls: [] }))).to.equal('limit_exceeded');
  });

  it('accepts nothing of which nobody says anything', async () => {
    const world = await createWorld();
    const stamped = await signIn(world, await withFields(1), { field: 'seal1' });
    const offline = async () => Promise.reject(new Error('no route to host'));
    expect(await verdict(world, stamped, { ocsp: offline, crl: offline })).to.deep.equal({ ok: false, level: 'B-T', problems: ['revocation_unavailable'] });
    const lasting = await augmented(world, stamped, { level: 'B-LT' });
    expect(await verdict(world, lasting, { ocsp: offline, crl: offline })).to.deep.equal({ ok: true, level: 'B-LT', problems: [] });
  });
});

import { createTestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { readFields } from '../form/fields.js';
import { openPdf, readCatalog, resolveArray, resolveDict } from '../pdf/file.js';
import type { PdfDict} from '../pdf/objects.js';
import { PdfRef } from '../pdf/objects.js';
import { createRevision, writeRevision } from '../pdf/revision.js';
import { joinBytes } from '../hash.js';
import { signPdf } from '../sign/sign-pdf.js';
import { codeOf, hash } from '../testing/envelope.js';
import { augmented, createWorld, signIn, validateIn, withFields, type World } from '../testing/long-term.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { readSignature } from '../validate/read-signature.js';
import { augmentPdf } from './augment-pdf.js';
import { extendDss, readDss, vriKey } from './dss.js';
import { readUses } from './read-uses.js';

const { crypto } = globalThis;

const levels = async (world: World, bytes: Uint8Array) => {
  const { ok, signatures } = await validateIn(world, bytes);
  return { ok, levels: signatures.map(({ kind, level }) => (kind === 'timestamp' ? 'timestamp' : level)) };
};

describe('augmentPdf', () => {
  let world: World;
  let signed: Uint8Array;
  before(async () => {
    world = await createWorld();
    signed = await signIn(world, await withFields(1), { field: 'seal1' });
  });

  it('refuses a file without a signature, and B-LTA without a timestamp authority', async () => {
    expect(await codeOf(augmented(world, await samplePdf(), { level: 'B-LT' }))).to.equal('field_not_found');
    expect(await codeOf(augmentPdf(bytesSource(signed), { level: 'B-LTA', crypto, hash, network: world.network }))).to.equal('timestamp_refused');
    expect(await codeOf(augmented(world, signed, { level: 'B-LTA', timestamp: { request: async () => new Uint8Array() } }))).to.equal('timestamp_refused');
  });

  it('refuses where nobody answers, and where no path leads to the given anchor', async () => {
    expect(await codeOf(augmented(world, signed, { level: 'B-LT', network: {} }))).to.equal('revocation_unavailable');
    const offline = async () => Promise.reject(new Error('no route to host'));
    expect(await codeOf(augmented(world, signed, { level: 'B-LT', network: { ocsp: offline, crl: offline, certificate: offline } }))).to.equal('revocation_unavailable');
    const stranger = await createTestPki({ crypto });
    expect(await codeOf(augmented(world, signed, { level: 'B-LT', anchors: [stranger.root.certificate] }))).to.equal('path_incomplete');
  });

  it('refuses a signer, an issuer or a timestamp authority that was revoked before', async () => {
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const who of ['signer', 'issuing', 'tsa'] as const) {
      const other = await createWorld();
      const bytes = await signIn(other, await withFields(1), { field: 'seal1' });
      const { certificate } = who === 'issuing' ? other.pki.issuing : other[who];
      other.network.revoke(certificate, yesterday);
      expect(await codeOf(augmented(other, bytes, { level: 'B-LT' })), who).to.equal('certificate_revoked');
    }
  });

  it('takes a signer who was revoked after the timestamp', async () => {
    const other = await createWorld();
    const bytes = await signIn(other, await withFields(1), { field: 'seal1' });
    other.network.revoke(other.signer.certificate, new Date(Date.now() + 5000));
    const lasting = await augmented(other, bytes, { level: 'B-LT' });
    expect(await levels(other, lasting)).to.deep.equal({ ok: true, levels: ['B-LT'] });
  });

  it('does not call a file B-LT whose data speaks of a revocation before the timestamp', async () => {
    const other = await createWorld();
    const bytes = await signIn(other, await withFields(1), { field: 'seal1' });
    other.network.revoke(other.signer.certificate, new Date(Date.now() - 86_400_000));
    // Somebody else's tool would put the answer in without looking at it.
    const list = await other.network.crl('http://pki.example/crl/issuing.crl');
    const file = await openPdf(bytesSource(bytes));
    const revision = createRevision(file);
    await extendDss(revision, new Map([['00', { certificates: [], ocsps: [], crls: [list, await other.network.crl('http://pki.example/crl/root.crl')] }]]));
    const report = await validateIn(other, joinBytes([bytes, (await writeRevision(revision)).bytes]));
    expect(report.ok).to.equal(false);
    expect(report.signatures[0]?.problems).to.include('certificate_revoked');
  });

  for (const objectStreams of [false, true]) {
    it(`carries three signers to B-LTA, each with validation data, and keeps every byte (${objectStreams ? 'cross-reference stream' : 'table'})`, async () => {
      const { network, pki } = world;
      const steps = [await withFields(3, objectStreams)];
      for (const [i, level] of (['B-LT', 'B-LT', 'B-LTA'] as const).entries()) {
        const person = await pki.issue({ commonName: `signer ${i}`, usage: 'signer', keyType: i === 1 ? 'P-384' : 'P-256' });
        const options = { field: `seal${i + 1}`, signer: { crypto, ...person }, longTerm: { level, network, anchors: [pki.root.certificate] } };
        steps.push(await signIn(world, steps.at(-1) ?? signed, options));
      }
      steps.forEach((earlier, i) => expect(steps[i + 1]?.subarray(0, earlier.length) ?? earlier).to.deep.equal(earlier));
      const [, first, , last = signed] = steps;
      expect(first && (await levels(world, first))).to.deep.equal({ ok: true, levels: ['B-LT'] });
      expect(await levels(world, last)).to.deep.equal({ ok: true, levels: ['B-LTA', 'B-LTA', 'B-LTA', 'timestamp'] });

      const renewed = await augmented(world, last, { level: 'B-LTA' });
      expect(renewed.subarray(0, last.length)).to.deep.equal(last);
      expect(await levels(world, renewed)).to.deep.equal({ ok: true, levels: ['B-LTA', 'B-LTA', 'B-LTA', 'timestamp', 'timestamp'] });
    });
  }

  it('leaves signatures alone that are not named, whoever made them', async () => {
    const stranger = await createWorld();
    const theirs = await signIn(stranger, await withFields(2), { field: 'seal1' });
    const both = await signIn(world, theirs, { field: 'seal2' });
    expect(await codeOf(augmented(world, both, { level: 'B-LT' }))).to.equal('path_incomplete');
    const raised = await augmented(world, both, { level: 'B-LTA', fields: ['seal2'] });
    expect((await validateIn(world, raised)).signatures.map(({ field, level, trusted }) => [field, level, trusted])).to.deep.equal([
      ['seal1', 'B-B', false],
      ['seal2', 'B-LTA', true],
      ['DocumentTimestamp1', null, true],
    ]);
    expect(await codeOf(augmented(world, both, { level: 'B-LT', fields: ['nobody'] }))).to.equal('field_not_found');
  });

  it('signs to last where earlier signers lead to no anchor or cannot be read, and names them', async () => {
    const stranger = await createWorld();
    const theirs = await signIn(stranger, await withFields(3), { field: 'seal1' });
    const first = await signIn(world, theirs, { field: 'seal2' });
    const file = await openPdf(bytesSource(first));
    const [second] = (await readFields(file)).filter(({ name }) => name === 'seal2');
    if (!second) throw new Error('no second field');
    const { byteRange } = await readSignature(file, bytesSource(first), second);
    const broken = first.slice();
    // A CMS that says to be as long as before and is none.
    broken.fill(0x35, byteRange[1] + 11, byteRange[1] + 41);

    const longTerm = { level: 'B-LTA', network: world.network, anchors: [world.pki.root.certificate] } as const;
    const { delta, leftAlone } = await signPdf(bytesSource(broken), { signer: { crypto, ...world.signer }, hash, at: new Date(), field: 'seal3', timestamp: { request: world.network.timestamp }, longTerm });
    expect(leftAlone?.map(({ field, code }) => [field, code])).to.deep.equal([
      ['seal1', 'path_incomplete'],
      ['seal2', 'malformed_signature'],
    ]);
    const all = joinBytes([broken, delta]);
    expect((await validateIn(world, all)).signatures.map(({ field, level }) => [field, level])).to.deep.equal([
      ['seal1', 'B-B'],
      ['seal2', null],
      ['seal3', 'B-LTA'],
      ['DocumentTimestamp1', null],
    ]);
    expect(await codeOf(augmented(world, all, { level: 'B-LTA' }))).to.equal('malformed_signature');
    expect(await codeOf(augmented(world, all, { level: 'B-LTA', fields: ['seal1'] }))).to.equal('path_incomplete');
  });

  it('asks for the status after the signature timestamp', async () => {
    const other = await createWorld();
    await signIn(other, await withFields(1), { field: 'seal1', longTerm: { level: 'B-LTA', network: other.network } });
    const kinds = other.network.asked.map((question) => question.split(' ')[0]);
    expect(kinds[0]).to.equal('timestamp');
    expect(kinds.at(-1)).to.equal('timestamp');
    expect(kinds.slice(1, -1)).to.include('ocsp').and.not.include('timestamp');
  });

  it('falls back on lists, fetches issuers that are missing, and asks a checked delegate by list', async () => {
    const other = await createWorld({ responder: 'ocsp-checked' });
    const bytes = await signIn(other, await withFields(1), { field: 'seal1', signer: { crypto, ...other.signer, chain: [] } });
    const { crl, certificate } = other.network;
    expect(await levels(other, await augmented(other, bytes, { level: 'B-LT', network: { crl, certificate } }))).to.deep.equal({ ok: true, levels: ['B-LT'] });
    const whole = await augmented(other, bytes, { level: 'B-LT' });
    expect(await levels(other, whole)).to.deep.equal({ ok: true, levels: ['B-LT'] });
    const { certificates, ocsps, crls } = await readDss(await openPdf(bytesSource(whole)));
    // Signer, TSA, delegate, issuing authority and root; signer and TSA are asked about side by side, the delegate in the
    // list that its issuer makes, and authorities in their issuer's list.
    expect([certificates.length, ocsps.length, crls.length]).to.deep.equal([5, 2, 2]);
  });

  it('gives a signature without a timestamp a document timestamp first', async () => {
    const plain = await signIn(world, await withFields(1), { field: 'seal1', stamped: false });
    const raised = await augmented(world, plain, { level: 'B-LTA' });
    const report = await validateIn(world, raised);
    expect(report.ok).to.equal(true);
    expect(report.signatures.map(({ kind }) => kind)).to.deep.equal(['signature', 'timestamp', 'timestamp']);
  });

  it('names the signature in the VRI by its padded contents, and adds nothing twice', async () => {
    const once = await augmented(world, signed, { level: 'B-LT' });
    const file = await openPdf(bytesSource(once));
    const dss = await resolveDict(file, (await readCatalog(file)).catalog.get('DSS'));
    const vri = await resolveDict(file, dss?.get('VRI') ?? null);
    const [[key = '', entry = null] = []] = [...(vri?.entries ?? [])];
    expect(key).to.match(/^[0-9A-F]{40}$/);
    expect(await resolveArray(file, (entry as PdfDict).get('Cert'))).to.have.length(5);
    const again = await augmented(world, once, { level: 'B-LT', network: {} });
    expect(again).to.have.length(once.length);
  });

  it('leaves entries of the VRI as they are, and completes the DSS beside them', async () => {
    const [first] = await readUses(await openPdf(bytesSource(signed)), bytesSource(signed), new Date());
    const key = await vriKey(crypto, first?.contents ?? new Uint8Array());
    const partial = createRevision(await openPdf(bytesSource(signed)));
    await extendDss(partial, new Map([[key, { certificates: [world.pki.root.certificate], ocsps: [], crls: [] }]]));
    const theirs = joinBytes([signed, (await writeRevision(partial)).bytes]);
    const entryOf = async (bytes: Uint8Array) => {
      const file = await openPdf(bytesSource(bytes));
      const dss = await resolveDict(file, (await readCatalog(file)).catalog.get('DSS'));
      return resolveDict(file, (await resolveDict(file, dss?.get('VRI') ?? null))?.get(key) ?? null);
    };
    const whole = await augmented(world, theirs, { level: 'B-LT' });
    expect(await levels(world, whole)).to.deep.equal({ ok: true, levels: ['B-LT'] });
    expect((await entryOf(theirs))?.entries.size).to.equal(1);
    expect(await entryOf(whole)).to.deep.equal(await entryOf(theirs));
  });

  it('lasts no longer once entries are taken out of the DSS, which is allowed', async () => {
    const bytes = await augmented(world, signed, { level: 'B-LTA' });
    const file = await openPdf(bytesSource(bytes));
    const where = (await readCatalog(file)).catalog.get('DSS');
    const dss = await resolveDict(file, where);
    const revision = createRevision(file);
    if (where instanceof PdfRef && dss) revision.set(where, dss.with({ OCSPs: [], CRLs: [] }));
    const report = await validateIn(world, joinBytes([bytes, (await writeRevision(revision)).bytes]));
    expect(report.signatures.map(({ level, modification, problems }) => [level, modification, ...problems])).to.deep.equal([['B-T', 'LTA_UPDATES'], [null, 'LTA_UPDATES']]);
  });
});

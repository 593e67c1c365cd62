import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { hash } from '../testing/envelope.js';
import { augmented, createWorld, signIn, withFields, type World } from '../testing/long-term.js';
import type { StatusNetwork } from '../revocation/find-status.js';
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

  it('accepts nothing of which nobody says anything', async () => {
    const world = await createWorld();
    const stamped = await signIn(world, await withFields(1), { field: 'seal1' });
    const offline = async () => Promise.reject(new Error('no route to host'));
    expect(await verdict(world, stamped, { ocsp: offline, crl: offline })).to.deep.equal({ ok: false, level: 'B-T', problems: ['revocation_unavailable'] });
    const lasting = await augmented(world, stamped, { level: 'B-LT' });
    expect(await verdict(world, lasting, { ocsp: offline, crl: offline })).to.deep.equal({ ok: true, level: 'B-LT', problems: [] });
  });
});

import { expect } from 'chai';
import { joinBytes } from '../hash.js';
import { ecdsaToDer, verifySignature } from './algorithms.js';
import { integer, oid, sequence, tlv } from './der.js';

const { crypto } = globalThis;
const data = new Uint8Array([1, 2, 3]);

describe('an ECDSA signature value', () => {
  it('has one encoding', async () => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const raw = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data));
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
    const verify = (signature: Uint8Array) => verifySignature({ crypto, publicKey: spki, algorithm: sequence(oid('1.2.840.10045.4.3.2')), signature, data });
    const [r, s] = [raw.subarray(0, 32), raw.subarray(32)];
    expect(await verify(ecdsaToDer(raw))).to.equal(true);
    expect(await verify(joinBytes([ecdsaToDer(raw), Uint8Array.of(0)])), 'a byte behind it').to.equal(false);
    expect(await verify(sequence(tlv(0x02, Uint8Array.of(0, 0), r), integer(s))), 'zeros before a number').to.equal(false);
    expect(await verify(sequence(integer(r), integer(s), integer(s))), 'a third number').to.equal(false);
    expect(await verify(sequence(integer(r))), 'one number').to.equal(false);
  });
});

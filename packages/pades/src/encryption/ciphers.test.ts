import { expect } from 'chai';
import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { decryptAes, decryptBlocks, encryptAes, encryptBlocks } from './aes.js';
import { md5 } from './md5.js';
import { rc4 } from './rc4.js';

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

describe('the ciphers of encrypted files', () => {
  it('digests as RFC 1321 says', () => {
    const digests = {
      '': 'd41d8cd98f00b204e9800998ecf8427e',
      abc: '900150983cd24fb0d6963f7d28e17f72',
      abcdefghijklmnopqrstuvwxyz: 'c3fcd3d76192e4007dfb496cca67e13b',
      ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789: 'd174ab98d277d9f5a5611c2c9f419d9f',
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890': '57edf4a22be3c955ac49da2e2107b67a',
    };
    for (const [text, digest] of Object.entries(digests)) expect(hex(md5(toLatin1(text)))).to.equal(digest);
  });

  it('makes the key stream of RFC 6229', () => {
    expect(hex(rc4(fromHex('0102030405'), new Uint8Array(32)))).to.equal('b2396305f03dc027ccc3524a0a1118a86982944f18fc82d589c403a47a0d0919');
    expect(hex(rc4(fromHex('0102030405060708090a0b0c0d0e0f10'), new Uint8Array(16)))).to.equal('9ac7cc9a609d1ef7b2932899cde41b97');
  });

  it('chains blocks as SP 800-38A, F.2.1 says, without padding', async () => {
    const key = fromHex('2b7e151628aed2a6abf7158809cf4f3c');
    const iv = fromHex('000102030405060708090a0b0c0d0e0f');
    const plain = fromHex('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51');
    const encrypted = await encryptBlocks(key, iv, plain);
    expect(hex(encrypted)).to.equal('7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2');
    expect(await decryptBlocks(key, encrypted, iv)).to.deep.equal(plain);
  });

  it('reads strings of every length back, and what is no whole block as far as it goes', async () => {
    const key = new Uint8Array(32).fill(7);
    for (const text of ['', 'a', 'fifteen letters', 'sixteen letters!', '契約'.repeat(40)].map((word) => new TextEncoder().encode(word))) {
      const encrypted = await encryptAes(key, text);
      expect(encrypted.length % 16).to.equal(0);
      expect(await decryptAes(key, encrypted)).to.deep.equal(text);
    }
    const cut = (await encryptAes(key, toLatin1('sixteen letters! and more'))).subarray(0, 40);
    expect(fromLatin1(await decryptAes(key, cut))).to.equal('sixteen letters!');
    expect(await decryptAes(key, cut.subarray(0, 9))).to.have.length(0);
  });
});

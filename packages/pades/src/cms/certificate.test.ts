import { createTestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { readCertificate } from './certificate.js';
import { TAG, children, contextTag, octetString, oid, readTlv, sequence, tlv } from './der.js';

const bytes = (...values: number[]) => Uint8Array.from(values);
const refuses = (der: Uint8Array, why: string) => expect(() => readCertificate(der), why).to.throw().with.property('code', 'malformed_signature');

describe('a certificate', () => {
  let der: Uint8Array;
  let root: Uint8Array;
  before(async () => {
    const pki = await createTestPki({ crypto: globalThis.crypto });
    root = pki.root.certificate;
    der = (await pki.issue({ commonName: 'Somebody', usage: 'signer' })).certificate;
  });

  /** The certificate with other extensions; its signature no longer fits, which is another question. */
  function withExtensions(...extensions: Uint8Array[]): Uint8Array {
    const [tbs, ...rest] = children(readTlv(der));
    const fields = children(tbs ?? readTlv(der)).filter(({ tag }) => tag !== contextTag(3));
    return sequence(sequence(...fields.map((field) => field.bytes), tlv(contextTag(3), sequence(...extensions))), ...rest.map((part) => part.bytes));
  }
  const extension = (id: string, value: Uint8Array, critical?: number) => sequence(oid(id), ...(critical === undefined ? [] : [tlv(TAG.boolean, bytes(critical))]), octetString(value));

  it('is refused with bytes behind it, cut short, or signed otherwise than it says', () => {
    refuses(bytes(...der, 0), 'a byte more');
    for (const length of [0, 1, 4, 40, 200, der.length - 1]) refuses(der.subarray(0, length), `${length} bytes`);
    const [tbs, algorithm, signature] = children(readTlv(der));
    refuses(sequence(tbs?.bytes ?? bytes(), sequence(oid('1.2.840.113549.1.1.11')), signature?.bytes ?? bytes()), `not ${algorithm?.bytes.join()}`);
  });

  it('is refused with an extension twice, a negative path length, or extensions that are none', () => {
    const usage = extension('2.5.29.15', bytes(3, 2, 6, 0xc0));
    refuses(withExtensions(usage, usage), 'twice');
    refuses(withExtensions(extension('2.5.29.19', sequence(bytes(2, 1, 0x80)))), 'negative');
    refuses(withExtensions(extension('2.5.29.19', bytes(4, 0))), 'no sequence');
    refuses(withExtensions(sequence(oid('2.5.29.15'), bytes(1, 1, 0xff))), 'no value');
    refuses(withExtensions(extension('2.5.29.37', sequence(bytes(2, 1, 1)))), 'no identifier');
  });

  it('says what it may be used for, and what is not understood', () => {
    const read = readCertificate(withExtensions(
      extension('2.5.29.15', bytes(3, 2, 1, 0x86), 0xff),
      extension('2.5.29.19', sequence(bytes(1, 1, 0xff), bytes(2, 1, 2)), 0xff),
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.8')), 0xff),
      extension('2.5.29.14', octetString(bytes(1, 2, 3))),
      extension('1.2.3', bytes(5, 0), 0xff),
      extension('1.2.4', bytes(5, 0), 0),
      extension('1.2.5', bytes(5, 0)),
    ));
    expect(read.usages).to.deep.equal({ digitalSignature: true, nonRepudiation: false, certificateSign: true, crlSign: true });
    expect(read).to.deep.include({ isAuthority: true, pathLength: 2, extendedUsages: ['1.3.6.1.5.5.7.3.8'], extendedUsagesCritical: true, keyIdentifier: bytes(1, 2, 3), unknownCritical: ['1.2.3'] });
    expect(read.extension('1.2.4')).to.deep.equal(bytes(5, 0));
    expect(read.extension('1.2.6')).to.equal(undefined);
  });

  it('is no authority, and bound to no use, where it does not say so', () => {
    expect(readCertificate(withExtensions())).to.deep.include({ isAuthority: false, pathLength: undefined, usages: undefined, extendedUsages: undefined, extendedUsagesCritical: false });
    expect(readCertificate(withExtensions(extension('2.5.29.19', sequence(bytes(2, 1, 3))))).isAuthority).to.equal(false);
    expect(readCertificate(root).isAuthority).to.equal(true);
    expect(readCertificate(root).notBefore).to.be.lessThan(readCertificate(root).notAfter);
  });
});

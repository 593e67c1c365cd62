import { expect } from 'chai';
import { children, equalBytes, integer, oid, readOid, readTlv, sequence, setOf, octetString } from './der.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('DER', () => {
  it('refuses indefinite, padded and overlong lengths', () => {
    for (const wrong of [bytes(0x30, 0x80, 0, 0), bytes(4, 0x81, 5, 1, 2, 3, 4, 5), bytes(4, 0x82, 0, 200), bytes(4, 9, 1), bytes(0x1f, 1, 0), bytes(4)]) {
      expect(() => readTlv(wrong)).to.throw().with.property('code', 'malformed_signature');
    }
  });

  it('writes integers without superfluous zeros and with their sign', () => {
    expect(integer(bytes(0, 0, 1))).to.deep.equal(bytes(2, 1, 1));
    expect(integer(bytes(0x80))).to.deep.equal(bytes(2, 2, 0, 0x80));
    expect(integer(bytes(0, 0))).to.deep.equal(bytes(2, 1, 0));
  });

  it('orders the members of a set', () => {
    const members = [octetString(bytes(2)), octetString(bytes(1, 1)), octetString(bytes(1))];
    expect(children(readTlv(setOf(members))).map(({ content }) => [...content])).to.deep.equal([[1], [2], [1, 1]]);
  });

  it('carries object identifiers and long values there and back', () => {
    for (const id of ['1.2.840.113549.1.9.16.2.47', '2.16.840.1.101.3.4.2.1', '0.9.2342', '2.999']) expect(readOid(readTlv(oid(id)))).to.equal(id);
    const long = octetString(new Uint8Array(70_000).fill(7));
    expect(equalBytes(readTlv(sequence(long)).content, long)).to.equal(true);
  });
});

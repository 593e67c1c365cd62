import { expect } from 'chai';
import { TAG, children, equalBytes, integer, members, octetString, oid, readGeneralizedTime, readOid, readTime, readTlv, sequence, setOf, tlv } from './der.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('DER', () => {
  it('refuses indefinite, padded and overlong lengths', () => {
    for (const wrong of [bytes(0x30, 0x80, 0, 0), bytes(4, 0x81, 5, 1, 2, 3, 4, 5), bytes(4, 0x82, 0, 200), bytes(4, 9, 1), bytes(0x1f, 1, 0), bytes(4)]) {
      expect(() => readTlv(wrong)).to.throw().with.property('code', 'malformed_signature');
    }
  });

  it('walks through more values than it gathers at once', () => {
    const many = sequence(...Array.from({ length: 12_000 }, () => integer(bytes(1))));
    expect(() => children(readTlv(many))).to.throw().with.property('code', 'malformed_signature');
    expect([...members(readTlv(many))]).to.have.length(12_000);
  });

  it('reads the two kinds of time in certificates', () => {
    const utc = (text: string) => readTime(readTlv(tlv(TAG.utcTime, new TextEncoder().encode(text)))).toISOString();
    expect([utc('491231235959Z'), utc('500101000000Z')]).to.deep.equal(['2049-12-31T23:59:59.000Z', '1950-01-01T00:00:00.000Z']);
    expect(() => utc('4912312359Z')).to.throw();
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

  it('reads times in UTC with fractions, and no others', () => {
    const time = (text: string) => readGeneralizedTime(readTlv(tlv(TAG.generalizedTime, new TextEncoder().encode(text))));
    expect(time('20261121123456Z').toISOString()).to.equal('2026-11-21T12:34:56.000Z');
    expect(time('20261121123456.25Z').toISOString()).to.equal('2026-11-21T12:34:56.250Z');
    for (const wrong of ['20261121123456', '20261121123456+0900', '20261121123456.0Z', '202611211234Z', '20261321123456Z']) expect(() => time(wrong), wrong).to.throw();
  });

  it('carries object identifiers and long values there and back', () => {
    for (const id of ['1.2.840.113549.1.9.16.2.47', '2.16.840.1.101.3.4.2.1', '0.9.2342', '2.999']) expect(readOid(readTlv(oid(id)))).to.equal(id);
    const long = octetString(new Uint8Array(70_000).fill(7));
    expect(equalBytes(readTlv(sequence(long)).content, long)).to.equal(true);
  });
});

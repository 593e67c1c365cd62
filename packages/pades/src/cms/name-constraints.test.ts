import { expect } from 'chai';
import { contextTag, oid, sequence, setOf, tlv } from './der.js';
import { allowsNames } from './name-constraints.js';

const utf8 = (text: string) => tlv(0x0c, new TextEncoder().encode(text));
const name = (...parts: readonly (readonly [string, string])[]) => sequence(...parts.map(([type, value]) => setOf([sequence(oid(type), utf8(value))])));
const [COUNTRY, ORGANIZATION, COMMON_NAME, EMAIL] = ['2.5.4.6', '2.5.4.10', '2.5.4.3', '1.2.840.113549.1.9.1'];
const directory = (...parts: readonly (readonly [string, string])[]) => tlv(contextTag(4), name(...parts));
const ascii = (tag: number, text: string) => tlv(tag, new TextEncoder().encode(text));
const [mail, host, uri] = [(text: string) => ascii(0x81, text), (text: string) => ascii(0x82, text), (text: string) => ascii(0x86, text)];
const ip = (...bytes: number[]) => tlv(0x87, Uint8Array.from(bytes));

/** An authority that permits and excludes these. */
function authority({ permitted = [], excluded = [] }: { permitted?: readonly Uint8Array[]; excluded?: readonly Uint8Array[] }) {
  const list = (tag: number, bases: readonly Uint8Array[]) => (bases.length > 0 ? [tlv(contextTag(tag), ...bases.map((base) => sequence(base)))] : []);
  const value = sequence(...list(0, permitted), ...list(1, excluded));
  return { extension: (id: string) => (id === '2.5.29.30' ? value : undefined) };
}
const somebody = (subject: Uint8Array, ...alternatives: readonly Uint8Array[]) => ({ subject, extension: (id: string) => (id === '2.5.29.17' && alternatives.length > 0 ? sequence(...alternatives) : undefined) });
const CITY = somebody(name([COUNTRY, 'JP'], [ORGANIZATION, 'Aoba City'], [COMMON_NAME, 'Contracts']));

describe('name constraints', () => {
  it('are not there for most authorities', () => {
    expect(allowsNames({ extension: () => undefined }, CITY)).to.equal(true);
  });

  it('hold the subject to a branch, however it is spelled', () => {
    expect(allowsNames(authority({ permitted: [directory([COUNTRY, 'jp'], [ORGANIZATION, 'AOBA  City'])] }), CITY)).to.equal(true);
    expect(allowsNames(authority({ permitted: [directory([COUNTRY, 'JP'], [ORGANIZATION, 'Midori City'])] }), CITY)).to.equal(false);
    expect(allowsNames(authority({ permitted: [directory([COUNTRY, 'JP'], [ORGANIZATION, 'Aoba City'], [COMMON_NAME, 'Contracts'], [COMMON_NAME, 'More'])] }), CITY)).to.equal(false);
    expect(allowsNames(authority({ excluded: [directory([COUNTRY, 'JP'])] }), CITY)).to.equal(false);
    expect(allowsNames(authority({ permitted: [mail('aoba.example')] }), CITY), 'no address to hold to anything').to.equal(true);
  });

  it('hold mail addresses, in the subject too', () => {
    const of = (address: string) => somebody(name([COMMON_NAME, 'x']), mail(address));
    expect(allowsNames(authority({ permitted: [mail('aoba.example')] }), of('a@aoba.example'))).to.equal(true);
    expect(allowsNames(authority({ permitted: [mail('aoba.example')] }), of('a@mail.aoba.example'))).to.equal(false);
    expect(allowsNames(authority({ permitted: [mail('.aoba.example')] }), of('a@mail.aoba.example'))).to.equal(true);
    expect(allowsNames(authority({ permitted: [mail('a@aoba.example')] }), of('b@aoba.example'))).to.equal(false);
    expect(allowsNames(authority({ permitted: [mail('aoba.example')] }), somebody(name([EMAIL, 'a@evil.example'])))).to.equal(false);
  });

  it('hold hosts and addresses', () => {
    const of = (...names: Uint8Array[]) => somebody(name([COMMON_NAME, 'x']), ...names);
    expect(allowsNames(authority({ permitted: [host('aoba.example')] }), of(host('sign.aoba.example')))).to.equal(true);
    expect(allowsNames(authority({ permitted: [host('aoba.example')] }), of(host('evilaoba.example')))).to.equal(false);
    expect(allowsNames(authority({ permitted: [uri('.aoba.example')] }), of(uri('https://sign.aoba.example:8443/x')))).to.equal(true);
    expect(allowsNames(authority({ permitted: [uri('.aoba.example')] }), of(uri('https://sign.aoba.example@evil.example/')))).to.equal(false);
    expect(allowsNames(authority({ permitted: [ip(10, 0, 0, 0, 255, 0, 0, 0)] }), of(ip(10, 1, 2, 3)))).to.equal(true);
    expect(allowsNames(authority({ permitted: [ip(10, 0, 0, 0, 255, 0, 0, 0)] }), of(ip(11, 1, 2, 3)))).to.equal(false);
    expect(allowsNames(authority({ permitted: [host('aoba.example')] }), of(host('aoba.example'), host('evil.example'))), 'one of two').to.equal(false);
  });

  it('refuse kinds of names that are not compared, and what cannot be read', () => {
    const other = tlv(contextTag(0), utf8('x'));
    expect(allowsNames(authority({ excluded: [other] }), somebody(name([COMMON_NAME, 'x']), other))).to.equal(false);
    expect(allowsNames(authority({ permitted: [other] }), somebody(name([COMMON_NAME, 'x']), other))).to.equal(false);
    expect(allowsNames({ extension: () => Uint8Array.of(0x30, 0x05) }, CITY)).to.equal(false);
  });
});

import './reflect.js';
import { AuthorityKeyIdentifierExtension, Extension, X509Certificate, X509CrlGenerator } from '@peculiar/x509';
import * as asn1js from 'asn1js';
import { positiveInteger } from './signature-value.js';
import type { TestIdentity } from './test-pki.js';

export interface RevocationListOptions {
  readonly crypto: Crypto;
  readonly issuer: TestIdentity;
  /** Serial numbers, hexadecimal, with the time of each revocation. */
  readonly revoked?: ReadonlyMap<string, Date>;
  readonly now?: () => Date;
  /** In milliseconds; a week by default. */
  readonly validity?: number;
  readonly number?: number;
  /** Further extensions with DER values, to make a list that must not be used. */
  readonly extensions?: readonly { readonly id: string; readonly critical: boolean; readonly value: Uint8Array }[];
}

const WEEK = 7 * 86_400_000;

/** A certificate revocation list (RFC 5280, 5), DER. */
export async function createRevocationList({ crypto, issuer, revoked = new Map<string, Date>(), now = () => new Date(), validity = WEEK, number = 1, extensions = [] }: RevocationListOptions): Promise<Uint8Array> {
  const certificate = new X509Certificate(new Uint8Array(issuer.certificate));
  const { name } = issuer.key.algorithm;
  const thisUpdate = new Date(Math.floor(now().getTime() / 1000) * 1000);
  const list = await X509CrlGenerator.create(
    {
      issuer: certificate.subjectName.toJSON(),
      thisUpdate,
      nextUpdate: new Date(thisUpdate.getTime() + validity),
      entries: [...revoked].map(([serialNumber, revocationDate]) => ({ serialNumber, revocationDate })),
      extensions: [await AuthorityKeyIdentifierExtension.create(certificate.publicKey, false, crypto), crlNumber(number), ...extensions.map(({ id, critical, value }) => new Extension(id, critical, new Uint8Array(value)))],
      signingKey: issuer.key,
      signingAlgorithm: name === 'ECDSA' ? { name, hash: 'SHA-256' } : { name },
    },
    crypto,
  );
  return new Uint8Array(list.rawData);
}

const crlNumber = (number: number) => new Extension('2.5.29.20', false, new asn1js.Integer({ valueHex: positiveInteger(Uint8Array.of(number >> 8, number & 255)) }).toBER());

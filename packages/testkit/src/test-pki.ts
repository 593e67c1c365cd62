import './reflect.js';
import {
  AuthorityKeyIdentifierExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  type Extension,
  type JsonName,
} from '@peculiar/x509';
import { USAGES, authority, statusExtensions, unknownCritical, type StatusUrls } from './extensions.js';
import { decodePem, encodePem } from './pem.js';

export type TestKeyType = 'RSA-2048' | 'RSA-3072' | 'RSA-PSS-2048' | 'P-256' | 'P-384';

/** A certificate with its private key. */
export interface TestIdentity {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly key: CryptoKey;
  /** DER, the issuer first, up to the root. */
  readonly chain: readonly Uint8Array[];
  certificatePem(): string;
  /** PKCS#8, DER. */
  privateKey(): Promise<Uint8Array>;
  privateKeyPem(): Promise<string>;
  /** Everything that `importIdentity` needs, as JSON. */
  toJSON(): Promise<StoredIdentity>;
}

export interface StoredIdentity {
  readonly keyType: TestKeyType;
  readonly certificate: string;
  readonly privateKey: string;
  readonly chain: readonly string[];
}

export interface IssueOptions {
  readonly commonName: string;
  readonly organization?: string;
  /** Two letters. */
  readonly country?: string;
  /** `ocsp` is a delegated responder that need not be checked itself, `ocsp-checked` one that has to be. */
  readonly usage: keyof typeof USAGES;
  readonly keyType?: TestKeyType;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Instead of the addresses that follow from the authority's `baseUrl`. */
  readonly urls?: StatusUrls;
  /** Instead of the issuing authority. */
  readonly issuer?: TestIdentity;
  /** With a critical extension that nobody knows. */
  readonly withUnknown?: boolean;
}

export interface TestPki {
  readonly root: TestIdentity;
  readonly issuing: TestIdentity;
  issue(options: IssueOptions): Promise<TestIdentity>;
}

export interface TestPkiOptions {
  readonly crypto: Crypto;
  /** The clock of what is issued; certificates begin a day before. */
  readonly now?: () => Date;
  /** Goes into the names of both authorities. */
  readonly organization?: string;
  readonly keyType?: TestKeyType;
  /** Where `createTestNetwork` answers: goes into every certificate as addresses of OCSP, CRLs and issuers. */
  readonly baseUrl?: string;
  /** A root and an issuing authority made before, instead of new ones. */
  readonly stored?: { readonly root: StoredIdentity; readonly issuing: StoredIdentity };
}

const DAY = 86_400_000;

/** A root and an issuing authority that certify signers and timestamp authorities. For tests and development only. */
export async function createTestPki({ crypto, now = () => new Date(), organization = 'Test PKI', keyType = 'P-256', baseUrl, stored }: TestPkiOptions): Promise<TestPki> {
  const root = stored
    ? await importIdentity(crypto, stored.root)
    : await certify({ crypto, now, keyType, subject: [{ C: ['JP'] }, { O: [organization] }, { CN: [`${organization} Root CA`] }], years: 20, extensions: authority() });
  const issuing = stored
    ? await importIdentity(crypto, stored.issuing)
    : await certify({ crypto, now, keyType, subject: [{ C: ['JP'] }, { O: [organization] }, { CN: [`${organization} Issuing CA`] }], years: 15, extensions: [...authority(0), ...statusOf(baseUrl, 'root')], issuer: root });
  return {
    root,
    issuing,
    issue: ({ commonName, organization: unit = organization, country = 'JP', usage, keyType: ownType = keyType, notBefore, notAfter, urls, issuer = issuing, withUnknown = false }) =>
      certify({
        crypto,
        now,
        keyType: ownType,
        subject: [{ C: [country] }, { O: [unit] }, { CN: [commonName] }],
        years: 5,
        extensions: [...USAGES[usage](), ...(withUnknown ? [unknownCritical()] : []), ...(urls ? statusExtensions(urls) : statusOf(baseUrl, 'issuing'))],
        issuer,
        ...(notBefore && { notBefore }),
        ...(notAfter && { notAfter }),
      }),
  };
}

/** The identity that `toJSON` wrote. */
export async function importIdentity(crypto: Crypto, { keyType, certificate, privateKey, chain }: StoredIdentity): Promise<TestIdentity> {
  const [pkcs8 = new Uint8Array()] = decodePem(privateKey);
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, keyParameters(keyType), true, ['sign']);
  const [own = new Uint8Array()] = decodePem(certificate);
  return identity({ crypto, keyType, certificate: own, key, chain: chain.flatMap((pem) => decodePem(pem)) });
}

interface Certify {
  readonly crypto: Crypto;
  readonly now: () => Date;
  readonly keyType: TestKeyType;
  readonly subject: JsonName;
  readonly years: number;
  readonly extensions: readonly Extension[];
  readonly issuer?: TestIdentity;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

async function certify({ crypto, now, keyType, subject, years, extensions, issuer, notBefore, notAfter }: Certify): Promise<TestIdentity> {
  const pair = await crypto.subtle.generateKey(keyParameters(keyType), true, ['sign', 'verify']);
  const issuerCertificate = issuer && new X509Certificate(new Uint8Array(issuer.certificate));
  const signingKey = issuer?.key ?? pair.privateKey;
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: randomSerial(crypto),
      subject,
      issuer: issuerCertificate?.subjectName.toJSON() ?? subject,
      notBefore: notBefore ?? new Date(now().getTime() - DAY),
      notAfter: notAfter ?? new Date(now().getTime() + years * 365 * DAY),
      publicKey: pair.publicKey,
      signingKey,
      signingAlgorithm: signatureParameters(signingKey),
      extensions: [
        ...extensions,
        await SubjectKeyIdentifierExtension.create(pair.publicKey, false, crypto),
        await AuthorityKeyIdentifierExtension.create(issuerCertificate ? issuerCertificate.publicKey : pair.publicKey, false, crypto),
      ],
    },
    crypto,
  );
  return identity({ crypto, keyType, certificate: new Uint8Array(certificate.rawData), key: pair.privateKey, chain: issuer ? [issuer.certificate, ...issuer.chain] : [] });
}

interface Identity {
  readonly crypto: Crypto;
  readonly keyType: TestKeyType;
  readonly certificate: Uint8Array;
  readonly key: CryptoKey;
  readonly chain: readonly Uint8Array[];
}

function identity({ crypto, keyType, certificate, key, chain }: Identity): TestIdentity {
  const privateKey = async () => new Uint8Array(await crypto.subtle.exportKey('pkcs8', key));
  const privateKeyPem = async () => encodePem('PRIVATE KEY', await privateKey());
  const certificatePem = () => encodePem('CERTIFICATE', certificate);
  return {
    certificate,
    key,
    chain,
    certificatePem,
    privateKey,
    privateKeyPem,
    toJSON: async () => ({ keyType, certificate: certificatePem(), privateKey: await privateKeyPem(), chain: chain.map((der) => encodePem('CERTIFICATE', der)) }),
  };
}

function keyParameters(keyType: TestKeyType): RsaHashedKeyGenParams | EcKeyGenParams {
  const rsa = (name: string, modulusLength: number) => ({ name, modulusLength, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' });
  switch (keyType) {
    case 'RSA-2048':
      return rsa('RSASSA-PKCS1-v1_5', 2048);
    case 'RSA-3072':
      return rsa('RSASSA-PKCS1-v1_5', 3072);
    case 'RSA-PSS-2048':
      return rsa('RSA-PSS', 2048);
    case 'P-256':
    case 'P-384':
      return { name: 'ECDSA', namedCurve: keyType };
  }
}

function signatureParameters(key: CryptoKey): Algorithm | EcdsaParams {
  return key.algorithm.name === 'ECDSA' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: key.algorithm.name };
}

function statusOf(baseUrl: string | undefined, issuer: 'root' | 'issuing'): Extension[] {
  return baseUrl === undefined ? [] : statusExtensions({ ocsp: `${baseUrl}/ocsp/${issuer}`, crl: `${baseUrl}/crl/${issuer}.crl`, issuer: `${baseUrl}/certs/${issuer}.der` });
}

/** 16 random bytes, positive (RFC 5280, 4.1.2.2). */
function randomSerial(crypto: Crypto): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readCertificate, type Certificate } from '../../cms/certificate.js';
import { equalBytes } from '../../cms/der.js';
import type { Signer } from '../../cms/signer.js';
import { PadesError } from '../../errors.js';
import type { HashAlgorithm } from '../../hash.js';
import { openPkcs12 } from './pkcs12.js';

export interface KeyFiles {
  readonly p12?: string | undefined;
  /** The first line of this file is the password of the PKCS#12 file or of the PEM key. */
  readonly 'password-file'?: string | undefined;
  readonly key?: string | undefined;
  readonly cert?: string | undefined;
  readonly chain?: string | undefined;
}

/** The key with its certificate and chain, out of a PKCS#12 file or PEM files; throws `key_unreadable`. */
export async function loadSigner(files: KeyFiles, { hash, pss }: { hash: HashAlgorithm | undefined; pss: boolean }): Promise<Signer> {
  const { key, certificates } = await loadKey(files);
  const publicKey = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }));
  const read = certificates.map(readCertificate);
  const own = read.find((certificate) => equalBytes(certificate.publicKey, publicKey));
  if (!own) throw new PadesError('key_unreadable', 'no certificate belongs to the key');
  const { algorithm, signatureHash } = algorithmOf(key, { hash, pss });
  const pkcs8 = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }));
  const imported = await globalThis.crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  return { crypto: globalThis.crypto, key: imported, certificate: own.der, chain: chainOf(own, read).map(({ der }) => der), hash: signatureHash };
}

async function loadKey(files: KeyFiles): Promise<{ key: KeyObject; certificates: Uint8Array[] }> {
  const passwordFile = files['password-file'];
  const passphrase = passwordFile === undefined ? '' : ((await readFile(passwordFile, 'utf8')).split(/\r?\n/)[0] ?? '');
  if (files.p12 !== undefined) {
    const { keys, certificates } = openPkcs12(new Uint8Array(await readFile(files.p12)), passphrase);
    const [der, another] = keys;
    if (!der || another) throw new PadesError('key_unreadable', `the PKCS#12 file holds ${keys.length} keys, not one`);
    return { key: createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }), certificates: [...certificates] };
  }
  const texts = await Promise.all([files.cert, files.chain].filter((file) => file !== undefined).map((file) => readFile(file, 'utf8')));
  return { key: openPem(await readFile(files.key ?? '', 'utf8'), passphrase), certificates: texts.flatMap(decodePem) };
}

function openPem(pem: string, passphrase: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: 'pem', passphrase });
  } catch (cause) {
    throw new PadesError('key_unreadable', 'the private key cannot be opened: it is no PEM key, or its password, the first line of --password-file, is wrong or missing', cause);
  }
}

/** DER of every certificate in PEM text. */
export function decodePem(text: string): Uint8Array[] {
  return [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map(([, body = '']) => new Uint8Array(Buffer.from(body, 'base64')));
}

function algorithmOf(key: KeyObject, { hash, pss }: { hash: HashAlgorithm | undefined; pss: boolean }): { algorithm: RsaHashedImportParams | EcKeyImportParams; signatureHash: HashAlgorithm } {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa') return { algorithm: { name: pss ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5', hash: hash ?? 'SHA-256' }, signatureHash: hash ?? 'SHA-256' };
  const curve = type === 'ec' ? { prime256v1: 'P-256', secp384r1: 'P-384' }[details?.namedCurve ?? ''] : undefined;
  if (!curve || pss) throw new PadesError('unsupported_key', `a key of type ${details?.namedCurve ?? type ?? 'unknown'} cannot sign here${pss ? ' with PSS' : ''}`);
  return { algorithm: { name: 'ECDSA', namedCurve: curve }, signatureHash: hash ?? (curve === 'P-256' ? 'SHA-256' : 'SHA-384') };
}

/** The issuers of a certificate among others, its own first. */
function chainOf(own: Certificate, others: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = [];
  for (let last = own; ; ) {
    const issuer = others.find((candidate) => equalBytes(candidate.subject, last.issuer) && candidate !== own && !chain.includes(candidate));
    if (!issuer || equalBytes(last.subject, last.issuer)) return chain;
    chain.push(issuer);
    last = issuer;
  }
}

import { readFile } from 'node:fs/promises';
import { decodePem } from '@sky-sign/testkit';
import type { Signer } from '@sky-sign/pades';
import { own } from '../bytes.js';
import { StartError } from './config.js';

const algorithms: readonly (RsaHashedImportParams | EcKeyImportParams)[] = [
  { name: 'ECDSA', namedCurve: 'P-256' },
  { name: 'ECDSA', namedCurve: 'P-384' },
  { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
];

/** The operator's signer from PEM files: a PKCS#8 key, its certificate followed by the chain, and the trusted roots. */
export async function readOperator(crypto: Crypto, files: { key: string; certificate: string; anchors: string }): Promise<{ signer: Signer; anchors: Uint8Array[] }> {
  const [certificate, ...chain] = await readPem('OPERATOR_CERTIFICATE', files.certificate);
  const anchors = await readPem('TRUST_ANCHORS', files.anchors);
  const [pkcs8] = await readPem('OPERATOR_KEY', files.key);
  if (!certificate || !pkcs8) throw new StartError('OPERATOR_CERTIFICATE or OPERATOR_KEY holds no PEM block.');
  for (const algorithm of algorithms) {
    const key = await crypto.subtle.importKey('pkcs8', own(pkcs8), algorithm, false, ['sign']).catch(() => undefined);
    if (key) return { signer: { crypto, key, certificate, chain }, anchors };
  }
  throw new StartError('OPERATOR_KEY must be an unencrypted PKCS#8 key: RSA, or ECDSA on P-256 or P-384.');
}

async function readPem(name: string, file: string): Promise<Uint8Array[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new StartError(`${name}: ${file} cannot be read.`, { cause });
  });
  return decodePem(text);
}

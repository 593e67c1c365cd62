import { readFile } from 'node:fs/promises';
import { inspectSigner, isPadesError } from '@sky-sign/pades';
import type { Signer } from '@sky-sign/pades';
import { decodePem, loadSigner } from '@sky-sign/pades/node';
import { StartError } from './config.js';
import type { OperatorFiles } from './config.js';

export interface Operator {
  readonly signer: Signer;
  readonly anchors: readonly Uint8Array[];
  /** When the certificate ends. */
  readonly notAfter: Date;
}

/** The operator's signer and the trusted roots, from PEM or PKCS#12 files; a StartError says why nothing could be sealed to last with them. */
export async function readOperator(files: OperatorFiles, at = new Date()): Promise<Operator> {
  const anchors = decodePem(await readText('TRUST_ANCHORS', files.anchors));
  if (anchors.length === 0) throw new StartError(`TRUST_ANCHORS: ${files.anchors} holds no certificate in PEM.`);
  const signer = await openSigner(files);
  const { notBefore, notAfter, trusted, maySign, ocsp, crl } = await inspectSigner(signer, { anchors, at }).catch((cause: unknown) => {
    throw new StartError("The operator's certificate cannot be read.", { cause });
  });
  if (at < notBefore || at > notAfter) throw new StartError(`The operator's certificate is good from ${day(notBefore)} to ${day(notAfter)} only.`);
  if (!maySign) throw new StartError("The operator's certificate may not sign documents: its key usage names neither digitalSignature nor nonRepudiation.");
  if (!trusted) throw new StartError("The operator's certificate does not lead to TRUST_ANCHORS. Put the certificates between them behind it (OPERATOR_CERTIFICATE or OPERATOR_P12), and the root into TRUST_ANCHORS.");
  if (ocsp.length === 0 && crl.length === 0) throw new StartError("The operator's certificate names neither an OCSP responder nor a revocation list, so no signature could be made to last (B-LT). Ask for one that does.");
  return { signer, anchors, notAfter };
}

async function openSigner({ key, certificate, p12, passwordFile }: OperatorFiles): Promise<Signer> {
  for (const [name, file] of Object.entries({ OPERATOR_KEY: key, OPERATOR_CERTIFICATE: certificate, OPERATOR_P12: p12, OPERATOR_PASSWORD_FILE: passwordFile })) {
    if (file !== undefined) await readText(name, file);
  }
  try {
    return await loadSigner({ p12, key, cert: certificate, 'password-file': passwordFile }, { hash: undefined, pss: false });
  } catch (cause) {
    if (!isPadesError(cause)) throw cause;
    throw new StartError(`The operator's key cannot be used: ${cause.message.replace('--password-file', 'OPERATOR_PASSWORD_FILE')}.`, { cause });
  }
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

async function readText(name: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new StartError(`${name}: ${file} cannot be read.`, { cause });
  });
}

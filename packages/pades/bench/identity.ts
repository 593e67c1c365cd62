import { createTestPki, type StoredIdentity } from '@sky-sign/testkit';
import forge from 'node-forge';

/** One RSA-2048 signer for everybody, in the forms that the contenders take. */
export interface BenchIdentity {
  readonly stored: StoredIdentity;
  /** PKCS#12, base64. */
  readonly p12: string;
}

export const PASSWORD = 'bench';

export async function createIdentity(): Promise<BenchIdentity> {
  const pki = await createTestPki({ crypto: globalThis.crypto, keyType: 'RSA-2048' });
  const identity = await pki.issue({ commonName: 'Bench', usage: 'signer', keyType: 'RSA-2048' });
  const stored = await identity.toJSON();
  const certificates = [stored.certificate, ...stored.chain].map((pem) => forge.pki.certificateFromPem(pem));
  const p12 = forge.pkcs12.toPkcs12Asn1(forge.pki.privateKeyFromPem(stored.privateKey), certificates, PASSWORD, { algorithm: 'aes256' });
  return { stored, p12: forge.util.encode64(forge.asn1.toDer(p12).getBytes()) };
}

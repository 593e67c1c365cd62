import { createTestPki, type TestKeyType } from '@sky-sign/testkit';
import forge from 'node-forge';
import type { BenchIdentity } from './read-identity.js';

export const PASSWORD = 'bench';

/** One signer for everybody, in the forms that the contenders take. */
export async function createIdentity(keyType: TestKeyType): Promise<BenchIdentity> {
  const pki = await createTestPki({ crypto: globalThis.crypto, keyType });
  const identity = await pki.issue({ commonName: 'Bench', usage: 'signer', keyType });
  const { privateKey, certificate, chain } = await identity.toJSON();
  if (!keyType.startsWith('RSA')) return { keyType, privateKey, certificate, chain };
  const certificates = [certificate, ...chain].map((pem) => forge.pki.certificateFromPem(pem));
  const p12 = forge.pkcs12.toPkcs12Asn1(forge.pki.privateKeyFromPem(privateKey), certificates, PASSWORD, { algorithm: 'aes256' });
  return { keyType, privateKey, certificate, chain, p12: forge.util.encode64(forge.asn1.toDer(p12).getBytes()), password: PASSWORD };
}

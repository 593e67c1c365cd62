import { ownBytes, type HashAlgorithm } from '../hash.js';
import { readHash, verifySignature } from './algorithms.js';
import { TAG, children, equalBytes, expectTlv, readOid, type Tlv } from './der.js';
import { OID } from './oids.js';
import { isMd5WithRsa } from './old-signatures.js';
import type { SignedMessage } from './signed-data.js';

/** What is wrong with a SignedData over content of this digest, as stable codes; empty where everything fits. */
export async function checkSignedData(crypto: Crypto, message: SignedMessage, digest: Uint8Array | undefined): Promise<string[]> {
  const { signer, signed, signedAttributes, digestAlgorithm } = message;
  if (!signer) return ['signer_certificate_missing'];
  if (!signedAttributes) return ['signed_attributes_missing'];
  if (!digestAlgorithm) return ['hash_not_accepted'];
  const old = isOld(message);
  const problems: string[] = old ? ['hash_not_accepted'] : [];

  const contentType = only(signed.get(OID.contentType));
  if (!contentType || readOid(contentType) !== message.contentType) problems.push('content_type');

  const stated = only(signed.get(OID.messageDigest));
  if (!stated || !digest || !equalBytes(expectTlv(stated, TAG.octetString).content, digest)) problems.push('message_digest');

  problems.push(...(await checkSigningCertificate(crypto, message)));

  const fits = await verifySignature({
    crypto,
    publicKey: signer.publicKey,
    algorithm: message.signatureAlgorithm,
    hash: digestAlgorithm,
    old,
    signature: message.signature,
    data: signedAttributes,
  });
  if (!fits) problems.push('signature_value');
  return problems;
}

/** Whether it was made with what is not relied on any more; such a one may still be told from one that was changed. */
export const isOld = ({ digestAlgorithm, signatureAlgorithm }: SignedMessage): boolean => digestAlgorithm === 'SHA-1' || digestAlgorithm === 'MD5' || isMd5WithRsa(signatureAlgorithm);

/** The ESS attribute must be there and its first entry must be the certificate that verifies (RFC 5035, 4). */
async function checkSigningCertificate(crypto: Crypto, { signer, signed }: SignedMessage): Promise<string[]> {
  const version2 = only(signed.get(OID.signingCertificateV2));
  const version1 = only(signed.get(OID.signingCertificate));
  if (!signer || (!version1 && !version2)) return ['signing_certificate_missing'];
  for (const [attribute, fallback] of [[version2, 'SHA-256'], [version1, 'SHA-1']] as const) {
    if (!attribute) continue;
    const [list] = children(expectTlv(attribute, TAG.sequence));
    const [first] = children(expectTlv(list, TAG.sequence));
    const fields = children(expectTlv(first, TAG.sequence));
    const hash: HashAlgorithm | 'SHA-1' | undefined = fields[0]?.tag === TAG.sequence ? readHash(fields.shift()) : fallback;
    const [certificateHash, issuerSerial] = fields;
    if (!hash) return ['signing_certificate'];
    const expected = new Uint8Array(await crypto.subtle.digest(hash, ownBytes(signer.der)));
    if (!equalBytes(expectTlv(certificateHash, TAG.octetString).content, expected)) return ['signing_certificate'];
    if (issuerSerial && !equalBytes(children(expectTlv(issuerSerial, TAG.sequence))[1]?.bytes ?? new Uint8Array(), signer.serialNumber)) return ['signing_certificate'];
  }
  return [];
}

const only = (values: readonly Tlv[] | undefined): Tlv | undefined => (values?.length === 1 ? values[0] : undefined);

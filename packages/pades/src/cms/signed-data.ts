import { PadesError } from '../errors.js';
import type { OldHashAlgorithm } from '../hash.js';
import { readOldHash } from './algorithms.js';
import { TAG, children, contextTag, equalBytes, expectTlv, readOid, readTlv, tlv, type Tlv } from './der.js';
import { readCertificate, type Certificate } from './certificate.js';
import { OID } from './oids.js';

/** A CMS SignedData with its one SignerInfo (RFC 5652, 5); slices of the bytes that were read, nothing re-encoded. */
export interface SignedMessage {
  readonly contentType: string;
  /** Undefined where the signature is detached. */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  /** OCSP responses and revocation lists, DER, that stand beside the certificates or among the attributes. */
  readonly answers: { readonly ocsps: readonly Uint8Array[]; readonly crls: readonly Uint8Array[] };
  /** The certificate that the SignerInfo names. */
  readonly signer: Certificate | undefined;
  readonly digestAlgorithm: OldHashAlgorithm | undefined;
  /** The attributes as they are signed: a SET OF. */
  readonly signedAttributes: Uint8Array | undefined;
  /** Values by type; a type that occurs twice is malformed. */
  readonly signed: ReadonlyMap<string, readonly Tlv[]>;
  readonly unsigned: ReadonlyMap<string, readonly Tlv[]>;
  readonly signatureAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
}

/** Reads DER; `malformed_signature` for anything else, for several signers, and for bytes that follow. */
export function readSignedData(bytes: Uint8Array): SignedMessage {
  const info = expectTlv(readTlv(bytes), TAG.sequence);
  if (info.bytes.length !== bytes.length) throw new PadesError('malformed_signature', 'bytes follow the CMS');
  const [type, wrapped] = children(info);
  if (readOid(type) !== OID.signedData) throw new PadesError('malformed_signature', 'the CMS is no SignedData');
  const [, , encapsulated, ...rest] = children(expectTlv(readTlv(expectTlv(wrapped, contextTag(0)).content), TAG.sequence));
  const [contentType, content] = children(expectTlv(encapsulated, TAG.sequence));
  const certificateSet = rest.find(({ tag }) => tag === contextTag(0));
  if (rest.length > 3 || rest.slice(0, -1).some(({ tag }, i) => tag !== contextTag(0) && (tag !== contextTag(1) || i + 2 !== rest.length))) throw new PadesError('malformed_signature', 'the SignedData has parts that do not belong there');
  const [signerInfo, ...others] = children(expectTlv(rest.at(-1), TAG.set));
  if (!signerInfo || others.length > 0) throw new PadesError('malformed_signature', 'the CMS does not have exactly one signer');

  const [, signerId, digestAlgorithm, ...fields] = children(expectTlv(signerInfo, TAG.sequence));
  const signedAttributes = fields[0]?.tag === contextTag(0) ? fields.shift() : undefined;
  const [signatureAlgorithm, signature, unsignedAttributes, more] = fields;
  if (more || (unsignedAttributes && unsignedAttributes.tag !== contextTag(1))) throw new PadesError('malformed_signature', 'something else follows the signature value');
  const certificates = certificateSet ? children(certificateSet).filter(({ tag }) => tag === TAG.sequence).map((value) => readCertificate(value.bytes)) : [];
  return {
    contentType: readOid(contentType),
    content: content && expectTlv(readTlv(expectTlv(content, contextTag(0)).content), TAG.octetString).content,
    certificates,
    answers: readAnswers(rest.find(({ tag }) => tag === contextTag(1)), readAttributes(signedAttributes).get(OID.revocationArchive)),
    signer: signerId && certificates.find((certificate) => isNamedBy(certificate, signerId)),
    digestAlgorithm: readOldHash(digestAlgorithm),
    signedAttributes: signedAttributes && tlv(TAG.set, signedAttributes.content),
    signed: readAttributes(signedAttributes),
    unsigned: readAttributes(unsignedAttributes),
    signatureAlgorithm: expectTlv(signatureAlgorithm, TAG.sequence).bytes,
    signature: expectTlv(signature, TAG.octetString).content,
  };
}

/** RevocationInfoChoices of the CMS (RFC 5652, 10.2.1), and Adobe's attribute: [0] lists, [1] OCSP responses. */
function readAnswers(choices: Tlv | undefined, archive: readonly Tlv[] | undefined): SignedMessage['answers'] {
  const lists = choices ? children(choices).filter(({ tag }) => tag === TAG.sequence) : [];
  const parts = archive?.[0] ? children(expectTlv(archive[0], TAG.sequence)) : [];
  const inside = (number: number) => parts.filter(({ tag }) => tag === contextTag(number)).flatMap(({ content }) => children(expectTlv(readTlv(content), TAG.sequence)));
  const bytes = (values: readonly Tlv[]) => values.map((value) => value.bytes);
  return { crls: bytes([...lists, ...inside(0)]), ocsps: bytes(inside(1)) };
}

function isNamedBy({ issuer, serialNumber, keyIdentifier }: Certificate, id: Tlv): boolean {
  if (id.tag === 0x80) return keyIdentifier !== undefined && equalBytes(keyIdentifier, id.content);
  const [name, serial] = children(expectTlv(id, TAG.sequence));
  return name !== undefined && serial !== undefined && equalBytes(name.bytes, issuer) && equalBytes(serial.bytes, serialNumber);
}

function readAttributes(attributes: Tlv | undefined): Map<string, readonly Tlv[]> {
  const values = new Map<string, readonly Tlv[]>();
  for (const attribute of attributes ? children(attributes) : []) {
    const [type, set] = children(expectTlv(attribute, TAG.sequence));
    const key = readOid(type);
    if (values.has(key)) throw new PadesError('malformed_signature', `attribute ${key} occurs twice`);
    values.set(key, children(expectTlv(set, TAG.set)));
  }
  return values;
}

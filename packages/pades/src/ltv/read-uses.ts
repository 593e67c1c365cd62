import type { ByteSource } from '../byte-source.js';
import type { Certificate } from '../cms/certificate.js';
import { readTlv } from '../cms/der.js';
import { OID } from '../cms/oids.js';
import { readSignedData } from '../cms/signed-data.js';
import { readTimestamp, type ReadTimestamp } from '../cms/timestamp.js';
import { PadesError, isPadesError } from '../errors.js';
import { readFields } from '../form/fields.js';
import type { PdfFile } from '../pdf/file.js';
import { readSignature, type SignatureInFile } from '../validate/read-signature.js';
import type { Use } from './collect.js';

/** A signature or document timestamp, and which certificates it used when. */
export interface SignatureUses {
  readonly field: string;
  readonly kind: 'signature' | 'timestamp';
  /** Where its revision ends. */
  readonly end: number;
  /** /Contents with its padding. */
  readonly contents: Uint8Array;
  readonly uses: readonly Use[];
  /** What the signature brings along. */
  readonly certificates: readonly Certificate[];
  /** No signature timestamp, and no document timestamp after it. */
  readonly unproven: boolean;
  /** Why nothing can be said of it, where that is so: a CMS that is not read here, or bytes that are not covered as they seem. */
  readonly unreadable?: PadesError;
}

/** What every signature of the file relies on, the first one first. Times are taken as the tokens state them. */
export async function readUses(file: PdfFile, source: ByteSource, now: Date): Promise<SignatureUses[]> {
  const fields = (await readFields(file)).filter(({ type, value }) => type === 'Sig' && value !== null);
  const signatures = await Promise.all(fields.map((field) => readSignature(file, source, field)));
  signatures.sort((a, b) => endOf(a) - endOf(b));
  const read = signatures.map((signature) => ({ signature, parts: unlessUnreadable(signature) }));
  return read.map(({ signature, parts }, i) => {
    const { field, kind, contents } = signature;
    const place = { field, kind, end: endOf(signature), contents };
    if (isPadesError(parts)) return { ...place, uses: [], certificates: [], unproven: false, unreadable: parts };
    const { signer, stamp, certificates } = parts;
    const later = read.slice(i + 1).flatMap((other) => (other.signature.kind === 'timestamp' && !isPadesError(other.parts) ? [other.parts.stamp?.time] : []))[0];
    const proven = kind === 'signature' ? (stamp?.time ?? later) : stamp?.time;
    const at = proven ?? now;
    const authority = stamp ? [{ certificate: stamp.authority, at: stamp.time, until: later ?? now }] : [];
    const uses = kind === 'signature' ? [{ certificate: signer, at, until: at }, ...authority] : authority;
    return { ...place, uses, certificates, unproven: proven === undefined };
  });
}

interface Parts {
  readonly signer: Certificate;
  /** The token itself, or the one over the signature value. */
  readonly stamp: ReadTimestamp | undefined;
  readonly certificates: readonly Certificate[];
}

function unlessUnreadable(signature: SignatureInFile): Parts | PadesError {
  try {
    return readParts(signature);
  } catch (cause) {
    if (isPadesError(cause)) return cause;
    throw cause;
  }
}

function readParts({ field, kind, problems, contents }: SignatureInFile): Parts {
  if (problems.length > 0) throw new PadesError('malformed_signature', `the signature in ${field} cannot be relied on: ${problems.join(', ')}`);
  const cms = readTlv(contents).bytes;
  if (kind === 'timestamp') {
    const stamp = readTimestamp(cms);
    return { signer: stamp.authority, stamp, certificates: stamp.message.certificates };
  }
  const { signer, certificates, unsigned } = readSignedData(cms);
  if (!signer) throw new PadesError('malformed_signature', `the signature in ${field} does not bring its certificate`);
  const token = unsigned.get(OID.signatureTimestamp)?.[0];
  const stamp = token && readTimestamp(token.bytes);
  return { signer, stamp, certificates: [...certificates, ...(stamp?.message.certificates ?? [])] };
}

const endOf = ({ byteRange }: SignatureInFile) => byteRange[2] + byteRange[3];

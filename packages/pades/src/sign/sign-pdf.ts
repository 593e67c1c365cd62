import { concatSource, type ByteSource } from '../byte-source.js';
import { schemeOf } from '../cms/algorithms.js';
import { measureCms, signDigest } from '../cms/build-cms.js';
import type { Signer } from '../cms/signer.js';
import { requestTimestamp, type TimestampOptions } from '../cms/timestamp.js';
import { PadesError } from '../errors.js';
import { joinBytes, type Hash } from '../hash.js';
import { raiseLevel, type LeftAlone, type LongTermOptions } from '../ltv/augment-pdf.js';
import { embedCms } from './embed-cms.js';
import type { ByteRange } from './place-byte-range.js';
import { digestPrepared, prepareSignature, type PrepareSignatureOptions } from './prepare-signature.js';

export interface SignOptions extends Omit<PrepareSignatureOptions, 'contentsBytes'> {
  readonly signer: Signer;
  readonly hash: Hash;
  readonly timestamp?: TimestampOptions;
  /** Validation data, and for B-LTA a document timestamp, appended after the signature; for earlier signatures too, where it can be found. Needs `timestamp`. */
  readonly longTerm?: LongTermOptions & { readonly level: 'B-LT' | 'B-LTA' };
  /** Size of the placeholder in bytes of CMS; the default is measured and has a margin. */
  readonly contentsBytes?: number;
}

export interface SignedRevision {
  /** The appended bytes: `source ‖ delta` is the signed file. */
  readonly delta: Uint8Array;
  readonly byteRange: ByteRange;
  readonly level: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA';
  readonly timestampTime?: Date;
  /** Earlier signatures that stay below the level, where `longTerm` does not name its `fields`: not everybody else leads to an anchor of ours. */
  readonly leftAlone?: readonly LeftAlone[];
}

/** A token with a chain of three RSA-4096 certificates is about 8 KB. */
const ROOM_FOR_TIMESTAMP = 12 << 10;
const MARGIN = 512;

/** Signs one field as PAdES (ETSI EN 319 142-1): B-B, B-T with a timestamp, in one appended revision; B-LT and B-LTA append theirs. */
export async function signPdf(source: ByteSource, options: SignOptions): Promise<SignedRevision> {
  const { signer, hash, timestamp, longTerm } = options;
  if (longTerm && !timestamp) throw new PadesError('timestamp_refused', `${longTerm.level} needs a timestamp, and no authority is given`);
  const contentsBytes = options.contentsBytes ?? (await measureCms(signer)) + MARGIN + (timestamp ? ROOM_FOR_TIMESTAMP : 0);
  const prepared = await prepareSignature(source, { ...options, contentsBytes });
  const digest = await digestPrepared(source, prepared, { hash, algorithm: schemeOf(signer.key, signer.hash).hash });
  const signature = await signDigest(signer, digest);
  const stamp = timestamp && (await requestTimestamp(signer.crypto, signature.value, timestamp));
  const delta = embedCms(prepared, signature.encode(stamp?.token));
  const { byteRange } = prepared;
  if (!stamp) return { delta, byteRange, level: 'B-B' };
  if (!longTerm) return { delta, byteRange, level: 'B-T', timestampTime: stamp.time };
  const signed = concatSource(source, delta);
  const raise = { ...longTerm, ...(options.password !== undefined && { password: options.password }), crypto: signer.crypto, hash, timestamp };
  const { delta: more, leftAlone } = await raiseLevel(signed, raise, ({ field, end }) => longTerm.fields?.includes(field) ?? end === signed.length);
  return { delta: joinBytes([delta, more]), byteRange, level: longTerm.level, timestampTime: stamp.time, leftAlone };
}

import type { ByteSource } from '../byte-source.js';
import { requestTimestampOf, type TimestampOptions } from '../cms/timestamp.js';
import { PadesError, isPadesError } from '../errors.js';
import { addToForm, addToPage } from '../form/acroform.js';
import { readFields } from '../form/fields.js';
import { newFieldDict } from '../form/new-field.js';
import { readRestrictions } from '../form/restrictions.js';
import { uniqueName } from '../form/unique-name.js';
import type { Hash } from '../hash.js';
import { openPdf, type OpenOptions } from '../pdf/file.js';
import { readPage } from '../pdf/pages.js';
import { createRevision, writeRevision } from '../pdf/revision.js';
import { embedCms } from '../sign/embed-cms.js';
import { placeByteRange, type PreparedSignature } from '../sign/place-byte-range.js';
import { digestPrepared } from '../sign/prepare-signature.js';
import { timestampDictionary } from '../sign/signature-dictionary.js';

export interface DocumentTimestampOptions extends OpenOptions {
  readonly crypto: Crypto;
  readonly hash: Hash;
  readonly timestamp: TimestampOptions;
}

/** A token with a chain of three RSA-4096 certificates is about 8 KB. */
const USUAL_TOKEN = 12 << 10;
const MARGIN = 512;

/** A revision with a timestamp over the whole file, in an invisible field of its own (ETSI EN 319 142-1, 5.4.3). */
export async function appendDocumentTimestamp(source: ByteSource, options: DocumentTimestampOptions): Promise<Uint8Array> {
  const stamp = async (contentsBytes: number) => {
    const prepared = await prepareDocumentTimestamp(source, contentsBytes, options);
    const { token } = await requestTimestampOf(options.crypto, (algorithm) => digestPrepared(source, prepared, { hash: options.hash, algorithm }), options.timestamp);
    return { prepared, token };
  };
  const first = await stamp(USUAL_TOKEN);
  try {
    return embedCms(first.prepared, first.token);
  } catch (cause) {
    if (!isPadesError(cause) || cause.code !== 'placeholder_too_small') throw cause;
    // The size of a token is known only from a token.
    const second = await stamp(first.token.length + MARGIN);
    return embedCms(second.prepared, second.token);
  }
}

async function prepareDocumentTimestamp(source: ByteSource, contentsBytes: number, options: OpenOptions): Promise<PreparedSignature> {
  const file = await openPdf(source, options);
  const revision = createRevision(file);
  const fields = await readFields(file);
  if ((await readRestrictions(file, fields)).newFields === 'none') throw new PadesError('locked', 'the signatures of the file allow no further field, so no document timestamp');
  const page = await readPage(file, 1);
  const field = newFieldDict(revision, { kind: 'invisible-signature', name: uniqueName('DocumentTimestamp', fields) }, page);
  const signature = revision.add(timestampDictionary(contentsBytes));
  const ref = revision.add(field.with({ V: signature }));
  await addToPage(revision, page.ref, [ref]);
  await addToForm(revision, [ref], { withFonts: false });
  return placeByteRange(await writeRevision(revision), { signature, baseLength: source.length, contentsBytes });
}

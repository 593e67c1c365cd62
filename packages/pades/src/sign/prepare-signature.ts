import { readChunks, type ByteSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import { markSigned } from '../form/acroform.js';
import { readFields, readForm } from '../form/fields.js';
import { readRestrictions } from '../form/restrictions.js';
import type { Hash, HashAlgorithm } from '../hash.js';
import { openPdf } from '../pdf/file.js';
import type { Drawing } from '../pdf/import-drawing.js';
import { dict } from '../pdf/objects.js';
import { createRevision, writeRevision } from '../pdf/revision.js';
import { changeDict, fillFields, widgetAppearance, type FieldFill } from './fill-fields.js';
import { placeByteRange, type PreparedSignature } from './place-byte-range.js';
import { signatureDictionary, type SignatureWords } from './signature-dictionary.js';

export interface PrepareSignatureOptions extends SignatureWords {
  /** An existing empty signature field; its /Lock becomes the FieldMDP reference. */
  readonly field: string;
  /** The seal in the signature's own widget. */
  readonly appearance?: Drawing;
  /** Set in the same revision. */
  readonly fills?: readonly FieldFill[];
  /** Bytes of CMS that /Contents has room for. */
  readonly contentsBytes: number;
}

export async function prepareSignature(source: ByteSource, options: PrepareSignatureOptions): Promise<PreparedSignature> {
  const file = await openPdf(source);
  const revision = createRevision(file);
  if ((await readForm(file))?.has('XFA')) throw new PadesError('xfa', 'the file is an XFA form');
  const fields = await readFields(file);
  const field = fields.find(({ name }) => name === options.field);
  const [widget] = field?.widgets ?? [];
  if (!field?.ref || field.type !== 'Sig' || !widget) throw new PadesError('field_not_found', `there is no signature field named ${options.field}`);
  if (field.value !== null) throw new PadesError('field_already_signed', `field ${options.field} is signed already`);
  const restrictions = await readRestrictions(file, fields);
  if (restrictions.isLocked(field.name)) throw new PadesError('locked', `field ${field.name} is locked by a signature`);

  await fillFields(revision, options.fills ?? [], { fields, restrictions });
  const signature = revision.add(await signatureDictionary(revision, field, { words: options, contentsBytes: options.contentsBytes }));
  await changeDict(revision, field.ref, { V: signature });
  await changeDict(revision, widget.ref, { AP: dict({ N: await widgetAppearance(revision, widget, options.appearance) }) });
  await markSigned(revision);

  return placeByteRange(await writeRevision(revision), { signature, baseLength: source.length, contentsBytes: options.contentsBytes });
}

/** The digest over everything but /Contents; the file streams through, the delta is at hand. */
export async function digestPrepared(source: ByteSource, { delta, byteRange, baseLength }: PreparedSignature, { hash, algorithm }: { hash: Hash; algorithm: HashAlgorithm }): Promise<Uint8Array> {
  async function* covered() {
    yield* readChunks(source, 0, baseLength);
    yield delta.subarray(0, byteRange[1] - baseLength);
    yield delta.subarray(byteRange[2] - baseLength);
  }
  return hash(algorithm, covered());
}

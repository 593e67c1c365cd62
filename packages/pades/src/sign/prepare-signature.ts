import { passChunks, type ByteSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import { markSigned } from '../form/acroform.js';
import type { Appearance } from '../form/appearance.js';
import { createSignatureField, type SignatureFieldPlace } from '../form/create-signature-field.js';
import { readFields, readForm, type FormField } from '../form/fields.js';
import { readRestrictions } from '../form/restrictions.js';
import type { Hash, HashAlgorithm } from '../hash.js';
import { openPdf, readCatalog, resolveDict, type OpenOptions } from '../pdf/file.js';
import { dict, type PdfRef } from '../pdf/objects.js';
import { createRevision, writeRevision, type Revision } from '../pdf/revision.js';
import { changeDict, fillFields, widgetAppearance, type FieldFill } from './fill-fields.js';
import { placeByteRange, type PreparedSignature } from './place-byte-range.js';
import { signatureDictionary, type SignatureWords } from './signature-dictionary.js';

export interface PrepareSignatureOptions extends SignatureWords, OpenOptions {
  /** An empty signature field, existing or made by `create`; its /Lock becomes the FieldMDP reference. */
  readonly field?: string;
  /** Makes the field in the signing revision; without `field` it gets a free name. */
  readonly create?: SignatureFieldPlace;
  /** What is seen in the signature's own widget. */
  readonly appearance?: Appearance;
  /** Certifies the document (DocMDP, P=2: filling in and signing stay allowed); for its first signature only. */
  readonly certify?: boolean;
  /** Set in the same revision. */
  readonly fills?: readonly FieldFill[];
  /** Bytes of CMS that /Contents has room for. */
  readonly contentsBytes: number;
}

export async function prepareSignature(source: ByteSource, options: PrepareSignatureOptions): Promise<PreparedSignature> {
  const file = await openPdf(source, options);
  const revision = createRevision(file);
  // A bare signature changes nothing that XFA says; a value would stand in the one form and not in the other.
  if ((options.fills ?? []).length > 0 && (await readForm(file))?.has('XFA')) throw new PadesError('xfa', 'the file is an XFA form, and values cannot be filled in');
  const fields = await readFields(file);
  const restrictions = await readRestrictions(file, fields);
  if (options.certify && restrictions.signed) throw new PadesError('locked', 'the file is signed; only its first signature can certify it');
  const field = options.create ? await createSignatureField(revision, { name: options.field, place: options.create, fields, restrictions }) : findField(fields, options.field);
  const [widget] = field.widgets;
  if (!field.ref || !widget) throw new PadesError('field_not_found', `field ${field.name} has no place of its own`);
  if (restrictions.isLocked(field.name)) throw new PadesError('locked', `field ${field.name} is locked by a signature`);

  await fillFields(revision, options.fills ?? [], { fields, restrictions });
  const signature = revision.add(await signatureDictionary(revision, field, { words: options, certify: options.certify ?? false, contentsBytes: options.contentsBytes }));
  if (options.certify) await setPermissions(revision, signature);
  await changeDict(revision, field.ref, { V: signature });
  await changeDict(revision, widget.ref, { AP: dict({ N: await widgetAppearance(revision, widget, options.appearance) }) });
  await markSigned(revision);

  return placeByteRange(await writeRevision(revision), { signature, baseLength: source.length, contentsBytes: options.contentsBytes });
}

function findField(fields: readonly FormField[], name: string | undefined): FormField {
  const field = fields.find((known) => known.name === name);
  if (field?.type !== 'Sig') throw new PadesError('field_not_found', name === undefined ? 'neither a field nor a place for a new one is given' : `there is no signature field named ${name}`);
  if (field.value !== null) throw new PadesError('field_already_signed', `field ${field.name} is signed already`);
  return field;
}

/** The catalog's side of a certification (ISO 32000-2, 12.8.6). */
async function setPermissions(revision: Revision, signature: PdfRef): Promise<void> {
  const { ref, catalog } = await readCatalog(revision.file, revision);
  const permissions = (await resolveDict(revision, catalog.get('Perms'))) ?? dict({});
  await changeDict(revision, ref, { Perms: permissions.with({ DocMDP: signature }) });
}

/** The digest over everything but /Contents; the file streams through, the delta is at hand. */
export async function digestPrepared(source: ByteSource, { delta, byteRange, baseLength }: PreparedSignature, { hash, algorithm }: { hash: Hash; algorithm: HashAlgorithm }): Promise<Uint8Array> {
  async function* covered() {
    yield* passChunks(source, 0, baseLength);
    yield delta.subarray(0, byteRange[1] - baseLength);
    yield delta.subarray(byteRange[2] - baseLength);
  }
  return hash(algorithm, covered(), byteRange[1] + byteRange[3]);
}

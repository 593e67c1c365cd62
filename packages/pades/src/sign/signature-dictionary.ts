import { readLock } from '../form/restrictions.js';
import type { FormField } from '../form/fields.js';
import { readCatalog, resolveDict } from '../pdf/file.js';
import type { PdfDict} from '../pdf/objects.js';
import { PdfString, dict, name } from '../pdf/objects.js';
import type { Revision } from '../pdf/revision.js';
import { toLatin1 } from '../pdf/characters.js';
import { textString } from '../pdf/text-string.js';

export interface SignatureWords {
  readonly reason?: string;
  readonly location?: string;
  readonly name?: string;
  readonly contactInfo?: string;
  /** The claimed time, /M. */
  readonly at: Date;
}

/** Ten digits: files up to 9,999,999,999 bytes, as far as a cross-reference table reaches. */
const PLACE = 9_999_999_999;

/** A signature dictionary with room for /Contents (ISO 32000-2, 12.8.1); /ByteRange and /Contents come before any text. */
export async function signatureDictionary(revision: Revision, field: FormField, { words, certify, contentsBytes }: { words: SignatureWords; certify: boolean; contentsBytes: number }): Promise<PdfDict> {
  const references = [...(certify ? [certification()] : []), ...(await lockReferences(revision, field))];
  const text = (value: string | undefined) => (value === undefined ? undefined : textString(value));
  return dict({
    Type: name('Sig'),
    ByteRange: [0, PLACE, PLACE, PLACE],
    Contents: new PdfString(new Uint8Array(contentsBytes), true),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    M: new PdfString(toLatin1(pdfDate(words.at))),
    Name: text(words.name),
    Reason: text(words.reason),
    Location: text(words.location),
    ContactInfo: text(words.contactInfo),
    Reference: references.length === 0 ? undefined : references,
  });
}

/** A document timestamp with room for its token (ISO 32000-2, 12.8.5). */
export function timestampDictionary(contentsBytes: number): PdfDict {
  return dict({
    Type: name('DocTimeStamp'),
    ByteRange: [0, PLACE, PLACE, PLACE],
    Contents: new PdfString(new Uint8Array(contentsBytes), true),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.RFC3161'),
  });
}

/** Filling in and signing stay allowed, nothing else (12.8.2.2). */
function certification(): PdfDict {
  const parameters = dict({ Type: name('TransformParams'), P: 2, V: name('1.2') });
  return dict({ Type: name('SigRef'), TransformMethod: name('DocMDP'), TransformParams: parameters });
}

/** The field's /Lock as a FieldMDP reference (12.8.2.4): without it the lock binds nobody. */
async function lockReferences(revision: Revision, field: FormField): Promise<PdfDict[]> {
  const lockDict = await resolveDict(revision, field.dict.get('Lock'));
  const lock = await readLock(revision.file, lockDict);
  if (!lock) return [];
  const { ref } = await readCatalog(revision.file);
  const permissions = await revision.resolve(lockDict?.get('P') ?? null);
  const parameters = dict({
    Type: name('TransformParams'),
    Action: name(lock.action),
    Fields: lock.action === 'All' ? undefined : lock.fields.map(textString),
    V: name('1.2'),
    P: permissions === null ? undefined : permissions,
  });
  return [dict({ Type: name('SigRef'), TransformMethod: name('FieldMDP'), TransformParams: parameters, Data: ref })];
}

/** Japan's time with its offset (7.9.4). */
export function pdfDate(at: Date): string {
  const local = new Date(at.getTime() + 9 * 3_600_000).toISOString();
  return `D:${local.slice(0, 19).replace(/[-T:]/g, '')}+09'00'`;
}


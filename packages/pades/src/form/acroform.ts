import { PadesError } from '../errors.js';
import { readCatalog, resolveArray, resolveDict } from '../pdf/file.js';
import type { PdfDict} from '../pdf/objects.js';
import { PdfRef, PdfString, dict, isInteger, name, type PdfObject } from '../pdf/objects.js';
import { toLatin1 } from '../pdf/characters.js';
import type { Revision } from '../pdf/revision.js';

const SIGNATURES_EXIST_AND_APPEND_ONLY = 3;

/** Enters new fields in the interactive form, making one where there is none (ISO 32000-2, 12.7.3). */
export async function addToForm(revision: Revision, fields: readonly PdfRef[], { withFonts }: { withFonts: boolean }): Promise<void> {
  const { ref: catalogRef, catalog } = await readCatalog(revision.file, revision);
  const where = catalog.get('AcroForm');
  const form = (await resolveDict(revision, where)) ?? dict({});
  const oldFlags = await revision.resolve(form.get('SigFlags'));
  const listed = form.get('Fields');
  const list = [...((await resolveArray(revision, listed)) ?? []), ...fields];
  const inPlace = listed instanceof PdfRef && (await resolveArray(revision, listed)) !== undefined;
  if (inPlace) revision.set(listed, list);
  const next = form.with({
    Fields: inPlace ? listed : list,
    SigFlags: (isInteger(oldFlags) ? oldFlags : 0) | SIGNATURES_EXIST_AND_APPEND_ONLY,
    ...(withFonts && { DR: await withFieldFonts(revision, form.get('DR')), ...(!form.has('DA') && { DA: new PdfString(toLatin1('/Helv 0 Tf 0 g')) }) }),
  });
  if (where instanceof PdfRef) revision.set(where, next);
  else revision.set(catalogRef, catalog.with({ AcroForm: next }));
}

/** Sets the two bits of /SigFlags where whoever made the signature field did not. */
export async function markSigned(revision: Revision): Promise<void> {
  const { ref: catalogRef, catalog } = await readCatalog(revision.file, revision);
  const where = catalog.get('AcroForm');
  const form = await resolveDict(revision, where);
  const flags = await revision.resolve(form?.get('SigFlags') ?? null);
  const old = isInteger(flags) ? flags : 0;
  if (!form || (old & SIGNATURES_EXIST_AND_APPEND_ONLY) === SIGNATURES_EXIST_AND_APPEND_ONLY) return;
  const next = form.with({ SigFlags: old | SIGNATURES_EXIST_AND_APPEND_ONLY });
  if (where instanceof PdfRef) revision.set(where, next);
  else revision.set(catalogRef, catalog.with({ AcroForm: next }));
}

/** The form's resources with the two fonts that the fields' /DA names; entries that are there stay. */
async function withFieldFonts(revision: Revision, object: PdfObject): Promise<PdfDict> {
  const resources = (await resolveDict(revision, object)) ?? dict({});
  const fonts = (await resolveDict(revision, resources.get('Font'))) ?? dict({});
  const font = (base: string, encoding?: string) => revision.add(dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name(base), Encoding: encoding === undefined ? undefined : name(encoding) }));
  const missing: Record<string, PdfObject> = {};
  if (!fonts.has('Helv')) missing['Helv'] = font('Helvetica', 'WinAnsiEncoding');
  if (!fonts.has('ZaDb')) missing['ZaDb'] = font('ZapfDingbats');
  return resources.with({ Font: fonts.with(missing) });
}

/** Puts widgets into a page's /Annots, wherever that array lives. */
export async function addToPage(revision: Revision, page: PdfRef, widgets: readonly PdfRef[]): Promise<void> {
  const pageDict = await resolveDict(revision, page);
  if (!pageDict) throw new PadesError('broken_xref', `page object ${page.number} cannot be read`);
  const where = pageDict.get('Annots');
  const annotations = await resolveArray(revision, where);
  const next = [...(annotations ?? []), ...widgets];
  if (where instanceof PdfRef && annotations) revision.set(where, next);
  else revision.set(page, pageDict.with({ Annots: next }));
}

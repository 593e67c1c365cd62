import { readFieldRules } from '../form/field-rules.js';
import type { FormField, Widget } from '../form/fields.js';
import { fromLatin1 } from '../pdf/characters.js';
import { readContent } from '../pdf/content.js';
import { resolveDict, resolveName, type PdfFile } from '../pdf/file.js';
import { PdfName, PdfStream, PdfString, type PdfDict, type PdfObject } from '../pdf/objects.js';
import { Parser } from '../pdf/parser.js';
import { readTextString } from '../pdf/text-string.js';
import type { Finding } from './findings.js';

/** How what a field shows stands to what it says: `unknown` where the letters cannot be read. */
export type Shown = 'equal' | 'different' | 'nothing' | 'unknown';

/** Fields that show another value than they have, or leave it to each viewer to draw it. */
export async function findValues(file: PdfFile, fields: readonly FormField[]): Promise<Finding[]> {
  const states = new Set<Shown>();
  for (const field of fields) for (const widget of field.widgets) states.add(await compareShown(file, field, widget));
  return [
    ...(states.has('different') ? [{ code: 'value_differs', severity: 'refuse', message: 'a field shows something else than its value' } as const] : []),
    ...(states.has('nothing') ? [{ code: 'value_not_drawn', severity: 'flag', message: 'a field has a value and leaves it to each viewer to draw it' } as const] : []),
  ];
}

export async function compareShown(file: PdfFile, field: FormField, { dict }: Widget): Promise<Shown> {
  const { kind } = await readFieldRules(file, field);
  const appearances = await resolveDict(file, dict.get('AP'));
  if (kind === 'checkbox' || kind === 'radio') return compareState(file, field, { dict, appearances });
  const value = await file.resolve(field.value);
  if ((kind !== 'text' && kind !== 'choice') || !(value instanceof PdfString) || value.bytes.length === 0) return 'equal';
  const normal = await file.resolve(appearances?.get('N') ?? null);
  if (!(normal instanceof PdfStream)) return 'nothing';
  const letters = await readLetters(file, normal);
  // A choice may show the label of its value.
  if (letters === undefined || kind === 'choice') return 'unknown';
  return letters === plain(readTextString(value)) ? 'equal' : 'different';
}

/** A button is on where its state is the field's value (12.7.5.2.3). */
async function compareState(file: PdfFile, { value }: FormField, { dict, appearances }: { dict: PdfDict; appearances: PdfDict | undefined }): Promise<Shown> {
  const states = await resolveDict(file, appearances?.get('N') ?? null);
  if (!states) return 'unknown';
  const own = await file.resolve(value);
  const wanted = own instanceof PdfName && states.has(own.value) ? own.value : 'Off';
  const shown = (await resolveName(file, dict.get('AS'))) ?? 'Off';
  // A state without an appearance shows nothing, as Off does.
  return (states.has(shown) ? shown : 'Off') === wanted ? 'equal' : 'different';
}

/** The letters that an appearance shows, without spaces; undefined where its fonts number their glyphs in a way of their own. */
async function readLetters(file: PdfFile, stream: PdfStream): Promise<string | undefined> {
  const resources = await resolveDict(file, stream.dict.get('Resources'));
  const fonts = await resolveDict(file, resources?.get('Font') ?? null);
  for (const font of fonts?.entries.values() ?? []) if (!(await isPlainFont(file, font))) return undefined;
  const content = await readContent(file, stream);
  // Another form in it could show anything.
  if (!content || (await resolveDict(file, resources?.get('XObject') ?? null))) return undefined;
  return plain(shownStrings(content));
}

async function isPlainFont(file: PdfFile, object: PdfObject): Promise<boolean> {
  const font = await resolveDict(file, object);
  const encoding = await file.resolve(font?.get('Encoding') ?? null);
  const subtype = await resolveName(file, font?.get('Subtype') ?? null);
  const known = encoding === null || (encoding instanceof PdfName && /^(?:WinAnsi|PDFDoc|Standard)Encoding$/.test(encoding.value));
  return known && (subtype === 'Type1' || subtype === 'TrueType') && !(font?.has('ToUnicode') ?? false);
}

/** Every string outside of marked content operands, in order. */
function shownStrings(content: Uint8Array): string {
  let text = '';
  const source = fromLatin1(content);
  for (const match of source.matchAll(/\((?:\\[\s\S]|[^\\()])*\)|<[0-9A-Fa-f\s]*>(?!>)/g)) {
    const parsed = new Parser({ bytes: content, final: true }, match.index).object();
    if (parsed instanceof PdfString) text += readTextString(parsed);
  }
  return text;
}

const plain = (text: string) => text.replace(/\s/g, '');

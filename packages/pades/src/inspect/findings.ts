import { readCatalog, resolveArray, resolveDict, resolveName, type PdfFile } from '../pdf/file.js';
import { PdfDict, PdfRef, PdfStream, dictOf, isArray, isName, type PdfObject } from '../pdf/objects.js';

export interface Finding {
  /** Stable; the reader's words are made from it. */
  readonly code: string;
  /** `refuse`: what is seen could be other than what is signed, or the file acts on its own. */
  readonly severity: 'refuse' | 'flag';
  readonly message: string;
}

/** Actions (ISO 32000-2, 12.6.4) that a document to be signed has no use for. */
const ACTIONS: Readonly<Record<string, string>> = {
  JavaScript: 'javascript',
  Launch: 'launch',
  GoToR: 'remote_goto',
  GoToE: 'embedded_goto',
  SubmitForm: 'submit_form',
  ImportData: 'import_data',
  Rendition: 'rendition',
  RichMediaExecute: 'rich_media',
  GoTo3DView: 'three_d',
  Movie: 'movie',
  Sound: 'sound',
  SetOCGState: 'set_ocg_state',
};

const ANNOTATIONS: Readonly<Record<string, string>> = { RichMedia: 'rich_media', '3D': 'three_d', Movie: 'movie', Sound: 'sound', Screen: 'rendition', FileAttachment: 'embedded_files' };

/** Structure elements have /S of their own and no action hangs on them alone. */
const NOT_WALKED = new Set(['StructTreeRoot', 'Metadata']);

/** Walks everything that the catalog reaches and names what must be refused or told (each code once). */
export async function findContent(file: PdfFile): Promise<Finding[]> {
  const found = new Map<string, Finding>();
  const add = (code: string, severity: Finding['severity'], message: string) => {
    if (!found.has(code)) found.set(code, { code, severity, message });
  };
  const { ref, catalog } = await readCatalog(file);
  await findInCatalog(file, catalog, add);

  const seen = new Set<number>([ref.number]);
  const pending: PdfObject[] = [...catalog.entries].filter(([key]) => !NOT_WALKED.has(key)).map(([, value]) => value);
  if (catalog.ambiguous) add('two_readings', 'refuse', 'the catalog says a key twice');
  while (pending.length > 0) {
    let object = pending.pop() ?? null;
    if (object instanceof PdfRef) {
      if (seen.has(object.number)) continue;
      seen.add(object.number);
      object = await file.resolve(object);
    }
    if (isArray(object)) pending.push(...object);
    const dict = dictOf(object);
    if (!dict) continue;
    await findInDict(file, { dict, isStream: object instanceof PdfStream }, add);
    for (const [key, value] of dict.entries) if (!NOT_WALKED.has(key) && canLead(value)) pending.push(value);
  }
  return [...found.values()];
}

type Add = (code: string, severity: Finding['severity'], message: string) => void;

const canLead = (value: PdfObject) => value instanceof PdfRef || isArray(value) || value instanceof PdfDict;

async function findInDict(file: PdfFile, { dict, isStream }: { dict: PdfDict; isStream: boolean }, add: Add): Promise<void> {
  if (dict.ambiguous) add('two_readings', 'refuse', 'a dictionary says a key twice, so that viewers may disagree');
  const has = (key: string) => dict.has(key);
  const action = has('S') ? ACTIONS[(await resolveName(file, dict.get('S'))) ?? ''] : undefined;
  if (action) add(action, 'refuse', `the file contains an action of kind ${action}`);
  if (has('JS')) add('javascript', 'refuse', 'the file contains JavaScript');
  if (has('XFA')) add('xfa', 'refuse', 'the file is an XFA form');
  const subtype = has('Subtype') ? ((await resolveName(file, dict.get('Subtype'))) ?? '') : '';
  const annotation = has('Rect') ? ANNOTATIONS[subtype] : undefined;
  if (annotation) add(annotation, 'refuse', `the file has a ${subtype} annotation`);
  if (has('EF') || has('EmbeddedFiles')) add('embedded_files', 'refuse', 'the file has other files embedded in it');
  if (isStream) {
    if (has('F')) add('external_stream', 'refuse', 'a stream takes its data from another file');
    if (has('OPI')) add('opi', 'refuse', 'an image has another one for printing (OPI)');
    if (has('Alternates')) add('alternate_images', 'refuse', 'an image has alternates');
    if (subtype === 'Form' && has('Ref')) add('reference_xobject', 'refuse', 'a form takes its content from another file');
  }
  if (isName(dict.get('Type'), 'Font') && (await isNotEmbedded(file, dict, subtype))) add('fonts_not_embedded', 'flag', 'a font is not embedded, so that viewers may show other letters');
}

async function isNotEmbedded(file: PdfFile, font: PdfDict, subtype: string): Promise<boolean> {
  if (subtype === 'Type0' || subtype === 'Type3') return false;
  const descriptor = await resolveDict(file, font.get('FontDescriptor'));
  return !descriptor || !['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor.has(key));
}

async function findInCatalog(file: PdfFile, catalog: PdfDict, add: Add): Promise<void> {
  if (catalog.has('Collection')) add('portfolio', 'refuse', 'the file is a portfolio');
  if (catalog.has('AA')) add('additional_actions', 'flag', 'the file has actions of its own');
  const names = await resolveDict(file, catalog.get('Names'));
  if (names?.has('JavaScript')) add('javascript', 'refuse', 'the file contains JavaScript that runs when it is opened');
  const form = await resolveDict(file, catalog.get('AcroForm'));
  if ((await file.resolve(form?.get('NeedAppearances') ?? null)) === true) add('need_appearances', 'flag', 'viewers are told to redraw the fields');
  await findLayers(file, catalog, add);
  const permissions = await resolveDict(file, catalog.get('Perms'));
  const certification = await resolveDict(file, permissions?.get('DocMDP') ?? null);
  for (const item of (await resolveArray(file, certification?.get('Reference') ?? null)) ?? []) {
    const reference = await resolveDict(file, item);
    const parameters = await resolveDict(file, reference?.get('TransformParams') ?? null);
    if (isName(reference?.get('TransformMethod') ?? null, 'DocMDP') && (await file.resolve(parameters?.get('P') ?? null)) === 1) {
      add('docmdp_locked', 'refuse', 'the file is certified and allows no changes');
    }
  }
}

/** Optional content that is off at first, or on under conditions, can differ between viewers (8.11). */
async function findLayers(file: PdfFile, catalog: PdfDict, add: Add): Promise<void> {
  const properties = await resolveDict(file, catalog.get('OCProperties'));
  if (!properties) return;
  add('layers', 'flag', 'the file has layers');
  const configuration = await resolveDict(file, properties.get('D'));
  const base = await resolveName(file, configuration?.get('BaseState') ?? null);
  const listed = async (key: string) => ((await resolveArray(file, configuration?.get(key) ?? null)) ?? []).length > 0;
  if ((base !== undefined && base !== 'ON') || (await listed('OFF')) || (await listed('AS'))) add('layers_hidden', 'refuse', 'the file has layers that are hidden at first or under conditions');
}

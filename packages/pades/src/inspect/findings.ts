import { readCatalog, resolveArray, resolveDict, resolveName, type PdfFile } from '../pdf/file.js';
import { PdfDict, PdfRef, PdfStream, PdfString, dictOf, isArray, isInteger, isName, type PdfObject } from '../pdf/objects.js';
import { readBox, type Box } from '../pdf/pages.js';
import { readTextString } from '../pdf/text-string.js';

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
  Hide: 'hide',
};

const ANNOTATIONS: Readonly<Record<string, string>> = { RichMedia: 'rich_media', '3D': 'three_d', Movie: 'movie', Sound: 'sound', Screen: 'rendition', FileAttachment: 'embedded_files' };

/** Structure elements have /S of their own and no action hangs on them alone. */
const NOT_WALKED = new Set(['StructTreeRoot', 'Metadata']);

/** Bits of an annotation's /F (12.5.3). */
const [HIDDEN, PRINT, NO_VIEW, TOGGLES] = [2, 4, 32, 256];

export interface Content {
  /** Each code once. */
  readonly findings: readonly Finding[];
  /** Names of embedded files. */
  readonly attachments: readonly string[];
}

/** Walks everything that the catalog reaches and names what must be refused or told. */
export async function findContent(file: PdfFile): Promise<Content> {
  const found = new Map<string, Finding>();
  const attachments = new Set<string>();
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
    if (dict.has('EF')) attachments.add(await attachmentName(file, dict));
    for (const [key, value] of dict.entries) if (!NOT_WALKED.has(key) && canLead(value)) pending.push(value);
  }
  return { findings: [...found.values()], attachments: [...attachments] };
}

/** What a file specification calls its file (7.11.3). */
async function attachmentName(file: PdfFile, specification: PdfDict): Promise<string> {
  for (const key of ['UF', 'F']) {
    const value = await file.resolve(specification.get(key));
    if (value instanceof PdfString) return readTextString(value);
  }
  return '';
}

type Add = (code: string, severity: Finding['severity'], message: string) => void;

const canLead = (value: PdfObject) => value instanceof PdfRef || isArray(value) || value instanceof PdfDict;

async function findInDict(file: PdfFile, { dict, isStream }: { dict: PdfDict; isStream: boolean }, add: Add): Promise<void> {
  if (dict.ambiguous) add('two_readings', 'refuse', 'a dictionary says a key twice, so that viewers may disagree');
  const has = (key: string) => dict.has(key);
  const action = has('S') ? ACTIONS[(await resolveName(file, dict.get('S'))) ?? ''] : undefined;
  if (action) add(action, 'refuse', `the file contains an action of kind ${action}`);
  if (has('JS') || (await isScriptAddress(file, dict))) add('javascript', 'refuse', 'the file contains JavaScript');
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
  if (isName(dict.get('Type'), 'OCMD')) await findMembership(file, dict, add);
  if (has('Rect') && has('AP') && (await printsOtherwise(file, dict))) add('print_differs', 'flag', 'an annotation is seen but not printed, or printed but not seen');
  if (isName(dict.get('Type'), 'Page') && (await isCropped(file, dict))) add('outside_crop_box', 'flag', 'a page is larger than what is shown of it');
  if (isName(dict.get('Type'), 'Font') && (await isNotEmbedded(file, dict, subtype))) add('fonts_not_embedded', 'flag', 'a font is not embedded, so that viewers may show other letters');
}

async function isScriptAddress(file: PdfFile, dict: PdfDict): Promise<boolean> {
  const address = isName(dict.get('S'), 'URI') ? await file.resolve(dict.get('URI')) : null;
  return address instanceof PdfString && /^\s*(?:javascript|vbscript|data|file):/i.test(readTextString(address));
}

/** Content that is seen where others are not is not seen at first (8.11.2.2). */
async function findMembership(file: PdfFile, membership: PdfDict, add: Add): Promise<void> {
  const policy = await resolveName(file, membership.get('P'));
  if (membership.has('VE') || policy === 'AllOff' || policy === 'AnyOff') add('layers_hidden', 'refuse', 'what is seen depends on which layers are off');
}

/** Links and pop-ups show nothing of their own. */
async function printsOtherwise(file: PdfFile, annotation: PdfDict): Promise<boolean> {
  const subtype = await resolveName(file, annotation.get('Subtype'));
  if (subtype === undefined || subtype === 'Link' || subtype === 'Popup') return false;
  const value = await file.resolve(annotation.get('F'));
  const flags = isInteger(value) ? value : 0;
  if (flags & HIDDEN) return false;
  return (flags & PRINT) === 0 || (flags & (NO_VIEW | TOGGLES)) !== 0;
}

async function isCropped(file: PdfFile, page: PdfDict): Promise<boolean> {
  const [crop, media] = [await inheritedBox(file, page, 'CropBox'), await inheritedBox(file, page, 'MediaBox')];
  return crop !== undefined && media !== undefined && (crop[0] - media[0] > 1 || crop[1] - media[1] > 1 || media[2] - crop[2] > 1 || media[3] - crop[3] > 1);
}

async function inheritedBox(file: PdfFile, page: PdfDict, key: string): Promise<Box | undefined> {
  let dict: PdfDict | undefined = page;
  for (let depth = 0; dict && depth < 100; depth++) {
    if (dict.has(key)) return readBox(file, dict.get(key));
    dict = await resolveDict(file, dict.get('Parent'));
  }
  return undefined;
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

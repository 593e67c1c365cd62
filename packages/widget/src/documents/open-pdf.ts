import { fromUserSpace, normalRotation, type PageGeometry, type Rect } from '@sky-sign/protocol';
import { AnnotationMode, getDocument, PDFDataRangeTransport, TextLayer, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DocumentBytes } from './document-bytes.js';
import type { PdfStructure } from './page-structure.js';
import { takeWorker } from './pdf-worker.js';

/** A PDF that PDF.js reads out of `DocumentBytes`. */
export interface Pdf {
  readonly pages: number;
  page(number: number): Promise<PdfPage>;
  close(): Promise<void>;
}

export interface PdfLink {
  /** By which the structure of a tagged page means it. */
  readonly id: string;
  /** Page points. */
  readonly rect: Rect;
  readonly url: string;
}

export interface PdfPage {
  readonly number: number;
  readonly geometry: PageGeometry;
  /** Paints the page; `scale` is CSS pixels per point, `density` canvas pixels per CSS pixel. */
  paint(canvas: HTMLCanvasElement, options: { scale: number; density: number; signal: AbortSignal }): Promise<void>;
  /** Fills `container` with selectable text; the page's scale comes from the custom property `--total-scale-factor`. */
  layText(container: HTMLElement, options: { scale: number; signal: AbortSignal }): Promise<void>;
  text(): Promise<string>;
  /** Links that lead out of the document: http, https and mailto only. */
  links(): Promise<readonly PdfLink[]>;
  /** What is a heading, a list, a table … on the page, where the file is tagged. */
  structure(): Promise<PdfStructure | undefined>;
  /** The language that the file says its text is in (BCP 47), if it does. */
  language(): Promise<string | undefined>;
  /** Lets go of what painting has cached. */
  rest(): void;
}

/** Ranges that PDF.js asks for; `DocumentBytes` joins neighbours up to 1 MiB. */
const rangeSize = 512 * 1024;
/** How PDF.js's structure tree names annotations, before their own id. */
const annotationPrefix = 'pdfjs_internal_id_';

/** Documents that were opened before their pages were on the screen. */
const ahead = new WeakMap<DocumentBytes, Promise<Pdf>>();

/** Opens a document for whoever calls `openPdf` with the same bytes next. */
export function openAhead(bytes: DocumentBytes, options: { assetsUrl: string }): Promise<Pdf> {
  const opening = openNow(bytes, options).then((pdf) => ({
    ...pdf,
    close: () => {
      if (ahead.get(bytes) === opening) ahead.delete(bytes);
      return pdf.close();
    },
  }));
  ahead.set(bytes, opening);
  return opening;
}

/** Opens a document; one that is open already, or being opened, is taken over. */
export async function openPdf(bytes: DocumentBytes, options: { assetsUrl: string }): Promise<Pdf> {
  const opening = ahead.get(bytes);
  ahead.delete(bytes);
  return opening ?? openNow(bytes, options);
}

async function openNow(bytes: DocumentBytes, { assetsUrl }: { assetsUrl: string }): Promise<Pdf> {
  const { worker, failed, release } = takeWorker(assetsUrl);
  const { transport, broken } = rangeTransport(bytes);
  const task = getDocument({
    range: transport,
    worker,
    rangeChunkSize: rangeSize,
    disableAutoFetch: true,
    disableStream: true,
    disableWorkerRendering: true,
    enableXfa: false,
    // Standard fonts that are not embedded come from our own files, as data: the same picture on every device, and no `font-src`.
    useSystemFonts: false,
    cMapUrl: new URL('cmaps/', assetsUrl).href,
    cMapPacked: true,
    standardFontDataUrl: new URL('standard_fonts/', assetsUrl).href,
    wasmUrl: new URL('wasm/', assetsUrl).href,
    iccUrl: new URL('iccs/', assetsUrl).href,
    verbosity: 0,
  });
  /** A worker that never came answers nothing. */
  const close = async (): Promise<void> => {
    await Promise.race([task.destroy(), failed]).catch(() => undefined);
    release();
  };
  try {
    const document = await Promise.race([task.promise, failed, broken]);
    return {
      pages: document.numPages,
      page: (number) => Promise.race([openPage(document, number), failed, broken]),
      close,
    };
  } catch (error) {
    void close();
    throw error;
  }
}

/** Hands PDF.js copies out of the one store; `broken` rejects when bytes cannot be had. */
function rangeTransport(bytes: DocumentBytes): { transport: PDFDataRangeTransport; broken: Promise<never> } {
  const transport = new PDFDataRangeTransport(bytes.length, null);
  let fail: (error: unknown) => void = () => undefined;
  const broken = new Promise<never>((_resolve, reject) => (fail = reject));
  broken.catch(() => undefined);
  transport.requestDataRange = (begin, end) => {
    bytes.read(begin, end).then((part) => transport.onDataRange(begin, part), fail);
  };
  return { transport, broken };
}

async function openPage(document: PDFDocumentProxy, number: number): Promise<PdfPage> {
  const page = await document.getPage(number);
  const geometry: PageGeometry = {
    cropBox: page.view as [number, number, number, number],
    rotate: normalRotation(page.rotate),
    userUnit: page.userUnit,
  };
  return {
    number,
    geometry,
    paint: (canvas, options) => paint(page, canvas, options),
    layText: (container, options) => layText(page, container, options),
    text: () => readText(page),
    links: () => readLinks(page, geometry),
    structure: async () => ((await page.getStructTree()) as PdfStructure | null) ?? undefined,
    language: () => readLanguage(document),
    rest: () => void page.cleanup(),
  };
}

async function paint(page: PDFPageProxy, canvas: HTMLCanvasElement, options: { scale: number; density: number; signal: AbortSignal }): Promise<void> {
  const { scale, density, signal } = options;
  const viewport = page.getViewport({ scale: scale * density });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  const task = page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE });
  const cancel = (): void => task.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await task.promise;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function layText(page: PDFPageProxy, container: HTMLElement, { scale, signal }: { scale: number; signal: AbortSignal }): Promise<void> {
  const layer = new TextLayer({ textContentSource: page.streamTextContent({ includeMarkedContent: true }), container, viewport: page.getViewport({ scale }) });
  const cancel = (): void => layer.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await layer.render();
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function readText(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}

async function readLinks(page: PDFPageProxy, geometry: PageGeometry): Promise<readonly PdfLink[]> {
  const annotations = (await page.getAnnotations({ intent: 'display' })) as { id: string; subtype?: string; url?: string; rect?: [number, number, number, number] }[];
  return annotations.flatMap(({ id, subtype, url, rect }) =>
    subtype === 'Link' && url && rect && /^(?:https?|mailto):/iu.test(url) ? [{ id: `${annotationPrefix}${id}`, url, rect: fromUserSpace(rect, geometry) }] : [],
  );
}

/** A tag that is none would have a screen reader choose a voice at random. */
async function readLanguage(document: PDFDocumentProxy): Promise<string | undefined> {
  const { info } = await document.getMetadata();
  const { Language: language } = info as { Language?: unknown };
  return typeof language === 'string' && /^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/iu.test(language) ? language : undefined;
}

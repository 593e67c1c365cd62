import type { Rect } from '@sky-sign/protocol';
import { loadFont } from '@sky-sign/server';
import { PDFDocument, rgb } from 'pdf-lib';
import type { PDFFont, PDFPage } from 'pdf-lib';
import { contractBlocks, privacyBlocks } from './contract-text.js';
import { a4, box, margin, numberPages, typeset, write } from './typeset.js';
import type { Block } from './typeset.js';

export interface DemoDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where the fields of the demo stand; the signature pages leave room exactly there. */
export const places = {
  contractorSeal: [424, 556, 68, 68],
  address: [180, 596, 230, 24],
  telephone: [180, 500, 160, 24],
  remarks: [150, 372, 340, 60],
  antisocial: [107, 446, 14, 14],
  contractDate: [180, 690, 160, 24],
  citySeal: [424, 246, 68, 68],
  privacySeal: [424, 430, 68, 68],
} as const satisfies Record<string, Rect>;

/** The two documents of the demo, set in the font that is handed in (TrueType bytes with Japanese). */
export async function demoDocuments(fontBytes: Uint8Array): Promise<readonly [DemoDocument, DemoDocument]> {
  return [
    { name: '工事請負契約書', bytes: await compose(fontBytes, { title: '工事請負契約書', blocks: contractBlocks, finish: contractSignatures }) },
    { name: '個人情報の取扱いに関する特記事項', bytes: await compose(fontBytes, { title: '個人情報の取扱いに関する特記事項', blocks: privacyBlocks, finish: privacySignature }) },
  ];
}

interface Composition {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly finish: (document: PDFDocument, font: PDFFont) => void;
}

async function compose(fontBytes: Uint8Array, { title, blocks, finish }: Composition): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle(title);
  document.setAuthor('青葉市 財政部契約課');
  document.setLanguage('ja-JP');
  const fixed = new Date('2026-11-20T00:00:00Z');
  document.setCreationDate(fixed);
  document.setModificationDate(fixed);
  const font = await loadFont(fontBytes).embed(document);
  typeset(document, font, blocks);
  finish(document, font);
  numberPages(document, font);
  return document.save({ useObjectStreams: false });
}

/** The last page of the contract: both parties, and the spaces to fill. */
function contractSignatures(document: PDFDocument, font: PDFFont): void {
  const page = document.addPage([a4.width, a4.height]);
  const put = (text: string, x: number, y: number, size?: number): void => write(page, font, { text, x, y, ...(size !== undefined && { size }) });
  put('　この契約の締結を証するため、本書の電磁的記録を作成し、発注者及び受注者が', margin.left, 764);
  put('電子署名を行う。', margin.left, 746);
  label(page, font, { text: '契約締結日', at: places.contractDate });
  put('受 注 者', margin.left, 640, 12);
  label(page, font, { text: '所在地', at: places.address });
  put('商号又は名称　　株式会社山田建設', 107, 566);
  put('代表者職氏名　　代表取締役　山田 太郎', 107, 542);
  label(page, font, { text: '電話番号', at: places.telephone });
  sealSpace(page, font, places.contractorSeal);
  box(page, square(places.antisocial));
  put('　暴力団その他の反社会的勢力に該当しないことを確約します。', 118, 449);
  put('備 考', 107, 410);
  box(page, square(places.remarks));
  put('発 注 者', margin.left, 320, 12);
  put('青葉県青葉市中央二丁目3番1号', 107, 292);
  put('青葉市', 107, 268);
  put('契約担当者　財政部長　青木 花子', 107, 244);
  sealSpace(page, font, places.citySeal);
}

function privacySignature(document: PDFDocument, font: PDFFont): void {
  const page = document.getPages().at(-1);
  if (!page) return;
  const put = (text: string, x: number, y: number): void => write(page, font, { text, x, y });
  put('上記の事項を確認し、遵守します。', margin.left, 526);
  put('受注者　株式会社山田建設', 107, 480);
  put('　　　　代表取締役　山田 太郎', 107, 456);
  sealSpace(page, font, places.privacySeal);
}

function label(page: PDFPage, font: PDFFont, { text, at: [x, y, width] }: { text: string; at: Rect }): void {
  write(page, font, { text, x: 107, y: y + 8 });
  page.drawLine({ start: { x, y }, end: { x: x + width, y }, thickness: 0.6, opacity: 0.6 });
}

/** A light frame with 印 in it, as forms have it. */
function sealSpace(page: PDFPage, font: PDFFont, rect: Rect): void {
  const [x, y, width, height] = rect;
  page.drawRectangle({ x, y, width, height, borderColor: rgb(0.6, 0.6, 0.6), borderWidth: 0.6, borderDashArray: [3, 3] });
  page.drawText('印', { x: x + width / 2 - 6, y: y + height / 2 - 5, size: 12, font, opacity: 0.25 });
}

const square = ([x, y, width, height]: Rect): { x: number; y: number; width: number; height: number } => ({ x, y, width, height });

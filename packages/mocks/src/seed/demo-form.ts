import type { EnvelopeInput } from '@sky-sign/protocol';
import { loadFont } from '@sky-sign/server';
import { PDFDocument, PDFHexString, PDFName } from 'pdf-lib';
import type { PDFField, PDFPage } from 'pdf-lib';
import type { DemoDocument } from './documents.js';
import { a4, margin, write } from './typeset.js';

/** A form with fields of its own, one of each kind, as a city's own programs make them; set in the font that is handed in. */
export async function demoForm(fontBytes: Uint8Array): Promise<DemoDocument> {
  const document = await PDFDocument.create();
  document.setTitle('補助金交付申請書');
  document.setLanguage('ja-JP');
  const font = await loadFont(fontBytes).embed(document);
  const [first, second] = [document.addPage([a4.width, a4.height]), document.addPage([a4.width, a4.height])];
  const put = (page: PDFPage, text: string, x: number, y: number, size = 10.5): void => write(page, font, { text, x, y, size });
  const form = document.getForm();
  const described = <T extends PDFField>(field: T, words: string): T => {
    field.acroField.dict.set(PDFName.of('TU'), PDFHexString.fromText(words));
    return field;
  };
  const place = (x: number, y: number, width: number, height: number) => ({ x, y, width, height, font, borderWidth: 0 });

  put(first, '補助金交付申請書', 220, 760, 18);
  put(first, '申請者名', margin.left, 700);
  const name = described(form.createTextField('applicant.name'), '申請者名');
  name.addToPage(first, place(180, 694, 240, 24));
  put(first, '申請者番号', margin.left, 650);
  const number = described(form.createTextField('applicant.number'), '申請者番号（7桁）');
  number.setMaxLength(7);
  number.enableCombing();
  number.addToPage(first, place(180, 644, 168, 24));
  for (let cell = 0; cell <= 7; cell += 1) first.drawLine({ start: { x: 180 + cell * 24, y: 644 }, end: { x: 180 + cell * 24, y: 668 }, thickness: 0.6, opacity: 0.6 });
  put(first, '申請の区分', margin.left, 600);
  const kind = described(form.createRadioGroup('kind'), '申請の区分');
  for (const [i, option] of ['新規', '更新', '変更'].entries()) {
    kind.addOptionToPage(option, first, { ...place(180 + i * 90, 598, 14, 14), borderWidth: 1 });
    put(first, option, 200 + i * 90, 600);
  }
  put(first, '地区', margin.left, 550);
  const district = described(form.createDropdown('district'), '地区');
  district.addOptions(['緑町', '中央', '港町']);
  district.addToPage(first, place(180, 544, 160, 24));
  const agrees = described(form.createCheckBox('agrees'), '申請の内容に相違ないこと');
  agrees.addToPage(first, { ...place(180, 500, 14, 14), borderWidth: 1 });
  put(first, '申請の内容に相違ありません。', 200, 502);

  put(second, '受付票', 270, 760, 18);
  put(second, '申請者名', margin.left, 700);
  name.addToPage(second, place(180, 694, 240, 24));
  return { name: '補助金交付申請書', bytes: await document.save({ updateFieldAppearances: false, useObjectStreams: false }) };
}

export const demoApplicant = 'sato@example.jp';

/** The envelope of the uploaded `demoForm`: its own fields, and a place for a seal. */
export function demoFormEnvelope(documentId: string): EnvelopeInput {
  return {
    title: '補助金交付申請',
    sender: { name: '青葉市 産業振興課', email: 'sangyo@city.aoba.example', contact: '電話 022-000-5678' },
    documents: [{ id: documentId }],
    recipients: [
      {
        name: '佐藤 花子',
        email: demoApplicant,
        fields: [
          { document: 0, kind: 'text', pdfField: 'applicant.name', fontSize: 12 },
          { document: 0, kind: 'text', pdfField: 'applicant.number', input: 'number', fontSize: 14 },
          { document: 0, kind: 'radio', pdfField: 'kind' },
          { document: 0, kind: 'choice', pdfField: 'district', required: false, fontSize: 12 },
          { document: 0, kind: 'checkbox', pdfField: 'agrees' },
          { document: 0, kind: 'signature', page: 1, rect: [440, 680, 60, 60] },
        ],
      },
    ],
    send: true,
  };
}

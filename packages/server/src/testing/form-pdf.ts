import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { rawPdf } from '../intake/testing/raw-pdf.js';

/** An application form as offices have them, made by another program: names in parts, most fields apart from their widgets. */
export async function applicationForm(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const sheet = document.addPage([595, 842]);
  const second = document.addPage([595, 842]);
  const form = document.getForm();
  const text = (name: string, y: number) => {
    const field = form.createTextField(name);
    field.addToPage(sheet, { x: 100, y, width: 200, height: 20, borderWidth: 0 });
    return field;
  };
  text('applicant.name', 700).setMaxLength(8);
  text('applicant.filled', 670).setText('x');
  text('applicant.fixed', 640).enableReadOnly();
  const twice = text('applicant.twice', 610);
  twice.addToPage(second, { x: 320, y: 610, width: 100, height: 40, borderWidth: 0 });
  form.createCheckBox('agrees').addToPage(sheet, { x: 100, y: 580, width: 15, height: 15 });
  const radio = form.createRadioGroup('kind');
  radio.addOptionToPage('新規', sheet, { x: 100, y: 550, width: 15, height: 15 });
  radio.addOptionToPage('更新', sheet, { x: 160, y: 550, width: 15, height: 15 });
  radio.addOptionToPage('廃止', second, { x: 100, y: 550, width: 15, height: 15 });
  radio.acroField.dict.set(PDFName.of('TU'), PDFString.of('Kind of application'));
  const comb = text('applicant.number', 520);
  comb.setMaxLength(7);
  comb.enableCombing();
  const city = form.createDropdown('city');
  city.addOptions(['Aoba', 'Midori']);
  city.addToPage(sheet, { x: 100, y: 490, width: 120, height: 20 });
  const other = form.createDropdown('other');
  other.addOptions(['a']);
  other.enableEditing();
  other.addToPage(sheet, { x: 100, y: 460, width: 120, height: 20 });
  const days = form.createOptionList('days');
  days.addOptions(['Mo', 'Tu', 'We']);
  days.enableMultiselect();
  days.addToPage(sheet, { x: 100, y: 390, width: 120, height: 60 });
  return document.save();
}

/** Two text fields, each one object with its place, in a file without anything else. */
export function mergedForm(more: Readonly<Record<number, string>> = {}): Uint8Array {
  const field = (name: string, y: number): string => `<< /Type /Annot /Subtype /Widget /Rect [100 ${String(y)} 300 ${String(y + 20)}] /F 4 /P 3 0 R /T (${name}) /FT /Tx /DA (/Helv 0 Tf 0 g) >>`;
  return rawPdf({
    1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 5 0 R] >> >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R 5 0 R] >>',
    4: field('a', 700),
    5: field('b', 650),
    ...more,
  });
}

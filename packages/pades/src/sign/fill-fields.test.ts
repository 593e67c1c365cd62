import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { readFields } from '../form/fields.js';
import { toLatin1 } from '../pdf/characters.js';
import { openPdf, resolveDict } from '../pdf/file.js';
import { PdfName, PdfStream, PdfString } from '../pdf/objects.js';
import { codeOf, sign, validate } from '../testing/envelope.js';
import { ONE_PAGE, rawPdf } from '../testing/raw-pdf.js';
import { stampDrawing } from '../testing/seal-drawing.js';
import type { FieldFill } from './fill-fields.js';

const RADIO = 1 << 15;
const COMBO_WITH_EDIT = (1 << 17) | (1 << 18);
const MULTI_SELECT = 1 << 21;
const COMB = 1 << 24;

/** A form as other programs make it: a radio group with two buttons, a list, a combo box, a comb and a limited text. */
const form = () => {
  const widget = (more: string) => `<< /Type /Annot /Subtype /Widget /P 3 0 R /Rect [10 10 110 30] ${more} >>`;
  return rawPdf({
    ...ONE_PAGE,
    1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 7 0 R 8 0 R 9 0 R 10 0 R 12 0 R] >> >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots [5 0 R 6 0 R 7 0 R 8 0 R 9 0 R 11 0 R 12 0 R] >>',
    4: `<< /FT /Btn /T (payment) /Ff ${RADIO} /Kids [5 0 R 6 0 R] >>`,
    5: widget('/Parent 4 0 R /AS /Off /AP << /N << /cash 20 0 R /Off 20 0 R >> >>'),
    6: widget('/Parent 4 0 R /AS /Off /AP << /N << /card 20 0 R /Off 20 0 R >> >>'),
    7: widget(`/FT /Ch /T (days) /Ff ${MULTI_SELECT} /Opt [(Mo) [(tu) (Tuesday)] (We)]`),
    8: widget(`/FT /Ch /T (city) /Ff ${COMBO_WITH_EDIT} /Opt [(Aoba)]`),
    9: widget(`/FT /Tx /T (number) /Ff ${COMB} /MaxLen 5`),
    10: '<< /FT /Tx /T (above) /MaxLen 3 /Kids [11 0 R] >>',
    11: widget('/Parent 10 0 R /T (text)'),
    12: widget('/FT /Ch /T (one) /Opt [(a) (b)]'),
    20: '<< /Length 0 /Type /XObject /Subtype /Form /BBox [0 0 10 10] >>\nstream\n\nendstream',
  });
};

const fill = async (...fills: FieldFill[]) => sign(form(), { create: {}, fills });

describe('filling fields in the revision that signs', () => {
  it('refuses values that a person could not choose or type', async () => {
    const wrong: FieldFill[] = [
      { kind: 'radio', name: 'payment', value: 'cheque' },
      { kind: 'radio', name: 'payment', value: 'Off' },
      { kind: 'checkbox', name: 'payment', checked: true },
      { kind: 'choice', name: 'days', values: ['Su'], appearance: undefined },
      { kind: 'choice', name: 'days', values: ['Tuesday'], appearance: undefined },
      { kind: 'choice', name: 'one', values: ['a', 'b'], appearance: undefined },
      { kind: 'choice', name: 'number', values: ['1'], appearance: undefined },
      { kind: 'text', name: 'number', value: '123456', appearance: undefined },
      { kind: 'text', name: 'above.text', value: '1234', appearance: undefined },
      { kind: 'text', name: 'number', value: '123', appearance: { cells: [await stampDrawing('1')] } },
      { kind: 'text', name: 'above.text', value: '1', appearance: { cells: [await stampDrawing('1')] } },
    ];
    for (const one of wrong) expect(await codeOf(fill(one)), JSON.stringify(one).slice(0, 90)).to.equal('field_invalid');
  });

  it('sets radio buttons, choices and combs as a viewer would, and the signature holds', async () => {
    const digits = await Promise.all(['4', '2'].map((digit) => stampDrawing(digit)));
    const signed = await fill(
      { kind: 'radio', name: 'payment', value: 'card' },
      { kind: 'choice', name: 'days', values: ['We', 'tu'], appearance: await stampDrawing('We, Tuesday') },
      { kind: 'choice', name: 'city', values: ['Midori'], appearance: undefined },
      { kind: 'text', name: 'number', value: '42', appearance: { cells: digits } },
      { kind: 'text', name: 'above.text', value: '髙𠮷邉', appearance: undefined },
    );
    const file = await openPdf(bytesSource(signed));
    const field = async (name: string) => (await readFields(file)).find((known) => known.name === name) ?? expect.fail(name);
    const payment = await field('payment');
    expect(payment.value).to.deep.equal(new PdfName('card'));
    expect(payment.widgets.map(({ dict }) => dict.get('AS'))).to.deep.equal([new PdfName('Off'), new PdfName('card')]);
    const days = await field('days');
    expect((days.value as PdfString[]).map(({ bytes }) => bytes)).to.deep.equal(['We', 'tu'].map(toLatin1));
    expect(days.dict.get('I')).to.deep.equal([1, 2]);
    expect((await field('city')).value).to.be.instanceOf(PdfString);
    for (const name of ['payment', 'days', 'city', 'number']) expect((await field(name)).flags & 1, name).to.equal(1);

    const comb = await file.resolve((await resolveDict(file, (await field('number')).dict.get('AP')))?.get('N') ?? null);
    const content = comb instanceof PdfStream ? new TextDecoder().decode(await file.streamBytes(comb)) : '';
    // Cells of a fifth of 100: the second begins at 20.
    expect(content).to.match(/^q 0\.1 0 0 2 0 0 cm \/C0 Do Q\nq 0\.1 0 0 2 20 0 cm \/C1 Do Q$/);
    expect((await validate(signed)).ok).to.equal(true);
  });

  it('takes a choice back', async () => {
    const file = await openPdf(bytesSource(await fill({ kind: 'choice', name: 'one', values: [], appearance: undefined }, { kind: 'radio', name: 'payment', value: '' })));
    expect((await readFields(file)).find(({ name }) => name === 'payment')?.value).to.deep.equal(new PdfName('Off'));
    expect((await readFields(file)).find(({ name }) => name === 'one')?.value).to.equal(null);
  });
});

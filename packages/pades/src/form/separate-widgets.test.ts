import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { joinBytes } from '../hash.js';
import { codeOf, sign, signedByContractor, prepared, validate } from '../testing/envelope.js';
import { ONE_PAGE, rawPdf } from '../testing/raw-pdf.js';
import { stampDrawing } from '../testing/seal-drawing.js';
import { describeFields, type FieldDescription } from './describe-fields.js';
import { preparePdf } from './prepare-pdf.js';

const RADIO = (1 << 15) | (1 << 14);
const MULTI_SELECT = 1 << 21;

/** Fields apart from their widgets: a radio group with words for its states, a text in two places, a text in one, below a parent; and a list. */
const form = () => {
  const widget = (more: string, y = 10) => `<< /Type /Annot /Subtype /Widget /P 3 0 R /F 4 /Rect [10 ${String(y)} 110 ${String(y + 20)}] ${more} >>`;
  return rawPdf({
    ...ONE_PAGE,
    1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 7 0 R 10 0 R 13 0 R] >> >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots [5 0 R 6 0 R 8 0 R 9 0 R 12 0 R 13 0 R] >>',
    4: `<< /FT /Btn /T (payment) /TU (How) /Ff ${String(RADIO)} /V /Off /Kids [5 0 R 6 0 R] /Opt [(in cash) (by card)] >>`,
    5: widget('/Parent 4 0 R /AS /Off /AP << /N << /0 20 0 R /Off 20 0 R >> >>'),
    6: widget('/Parent 4 0 R /AS /Off /AP << /N << /1 20 0 R /Off 20 0 R >> >>', 40),
    7: '<< /FT /Tx /T (twice) /MaxLen 5 /Kids [8 0 R 9 0 R] >>',
    8: widget('/Parent 7 0 R', 70),
    9: widget('/Parent 7 0 R', 100),
    10: '<< /T (above) /Kids [11 0 R] >>',
    11: '<< /FT /Tx /T (apart) /Parent 10 0 R /Kids [12 0 R] /TU (Apart) >>',
    12: widget('/Parent 11 0 R', 130),
    13: widget(`/FT /Ch /T (days) /Ff ${String(MULTI_SELECT)} /I [] /Opt [(Mo) (Tu)]`, 160),
    20: '<< /Length 0 /Type /XObject /Subtype /Form /BBox [0 0 10 10] >>\nstream\n\nendstream',
  });
};

const separated = async (names: readonly string[]) => {
  const bytes = form();
  return joinBytes([bytes, await preparePdf(bytesSource(bytes), { fields: [], separate: names })]);
};
const described = async (bytes: Uint8Array) => new Map<string, FieldDescription>((await describeFields(bytesSource(bytes))).map((field) => [field.name, field]));

describe('fields apart from their widgets', () => {
  it('are described with the words that the file has for them', async () => {
    const fields = await described(form());
    expect(fields.get('payment')).to.deep.include({ kind: 'radio', label: 'How', widgets: 2, merged: false, filled: false, locked: false });
    expect(fields.get('payment')?.options).to.deep.equal([{ value: '0', label: 'in cash' }, { value: '1', label: 'by card' }]);
    expect(fields.get('payment')?.places.map(({ states, hidden }) => [...states, hidden])).to.deep.equal([['0', false], ['1', false]]);
    expect(fields.get('days')?.options.map(({ value }) => value)).to.deep.equal(['Mo', 'Tu']);
  });

  it('become one object each, under their own names or numbered ones', async () => {
    const fields = await described(await separated(['payment', 'twice', 'above.apart', 'days']));
    expect([...fields.keys()]).to.deep.equal(['payment.1', 'payment.2', 'twice.1', 'twice.2', 'above.apart', 'days']);
    for (const [name, field] of fields) expect(field, name).to.include({ merged: true, widgets: 1, filled: false });
    expect(fields.get('payment.2')).to.include({ kind: 'checkbox', label: 'How' });
    expect(fields.get('payment.2')?.options).to.deep.equal([{ value: '1', label: 'by card' }]);
    expect(fields.get('twice.2')).to.include({ kind: 'text', maxLength: 5 });
    expect(fields.get('above.apart')).to.include({ kind: 'text', label: 'Apart' });
    expect(fields.get('days')).to.include({ kind: 'choice', multiple: false });
  });

  it('are filled after a first signature, which holds', async () => {
    const first = await sign(await separated(['payment', 'twice', 'above.apart', 'days']), { create: {} });
    const drawing = await stampDrawing('x');
    const second = await sign(first, {
      create: {},
      fills: [
        { kind: 'checkbox', name: 'payment.1', checked: false },
        { kind: 'checkbox', name: 'payment.2', checked: true },
        { kind: 'text', name: 'twice.1', value: 'x', appearance: drawing },
        { kind: 'text', name: 'twice.2', value: 'x', appearance: drawing },
        { kind: 'text', name: 'above.apart', value: 'x', appearance: drawing },
        { kind: 'choice', name: 'days', values: ['Tu'], appearance: drawing },
      ],
    });
    expect((await validate(second)).signatures.map(({ problems }) => problems)).to.deep.equal([[], []]);
    for (const [name, field] of await described(second)) if (field.kind !== 'signature') expect(field.filled, name).to.equal(name !== 'payment.1');
  });

  it('take a drawing for each place where they are left as they are', async () => {
    const drawing = await stampDrawing('x');
    const fill = (each: readonly (typeof drawing)[]) => sign(form(), { create: {}, fills: [{ kind: 'text', name: 'twice', value: 'x', appearance: { each } }] });
    expect((await validate(await fill([drawing, await stampDrawing('longer')]))).ok).to.equal(true);
    expect(await codeOf(fill([drawing]))).to.equal('field_invalid');
  });

  it('are not rebuilt in a signed file, nor where there are none', async () => {
    const signed = await signedByContractor(await prepared());
    expect(await codeOf(preparePdf(bytesSource(signed), { fields: [], separate: ['r1_name'] }))).to.equal('locked');
    expect((await described(signed)).get('r1_name')).to.include({ locked: true, readOnly: true });
    expect(await codeOf(separated(['nobody']))).to.equal('field_not_found');
  });
});

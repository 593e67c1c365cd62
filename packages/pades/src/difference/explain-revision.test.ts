import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { joinBytes } from '../hash.js';
import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { openPdf } from '../pdf/file.js';
import { sign, validate } from '../testing/envelope.js';
import { ONE_PAGE, appendRaw, rawPdf, type RawObjects } from '../testing/raw-pdf.js';

const stream = (data: string, entries = '') => `<< ${entries} /Length ${data.length} >>\nstream\n${data}\nendstream`;
const xmp = (title: string) => stream(`<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><t>${title}</t></x:xmpmeta><?xpacket end="w"?>`, '/Type /Metadata /Subtype /XML');
const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 100 20]';

/** Two text fields that share an appearance dictionary, one on its own whose stream the page draws too, and metadata. */
const BASE: RawObjects = {
  ...ONE_PAGE,
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 4 0 R /Metadata 9 0 R /Watched 7 0 R >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots [5 0 R 6 0 R 7 0 R 13 0 R] /Resources << /XObject << /X 11 0 R >> >> /Popup 800 0 R >>',
  4: '<< /Fields [5 0 R 6 0 R 7 0 R 13 0 R] >>',
  5: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (alone) /Rect [0 0 100 20] /AP << /N 12 0 R >> >>',
  6: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (shared) /Rect [0 30 100 50] /AP 10 0 R >>',
  7: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (watched) /Rect [0 60 100 80] >>',
  8: '<< /Title (Contract) >>',
  9: xmp('Contract'),
  10: '<< /N 11 0 R >>',
  11: stream('q Q', FORM),
  12: stream('q Q', FORM),
  13: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (also shared) /Rect [0 90 100 110] /AP 10 0 R >>',
};
const filled = (number: 5 | 6 | 7, entries: string) => (BASE[number] ?? '').replace(/ >>$/, ` ${entries} >>`);

describe('what comes after a signature', () => {
  let signed: Uint8Array;
  let trailer: string;
  before(async () => {
    signed = await sign(rawPdf(BASE, { trailer: '/Root 1 0 R /Info 8 0 R' }), { create: {} });
    const [id = ''] = /\/ID ?\[.*?\]/s.exec(fromLatin1(signed)) ?? [];
    trailer = `/Root 1 0 R /Info 8 0 R ${id} /Size ${(await openPdf(bytesSource(signed))).size + 900}`;
  });

  const judge = async (bytes: Uint8Array) => {
    const { ok, signatures: [first] } = await validate(bytes);
    return { ok, modification: first?.modification, changedFields: first?.changedFields, problems: first?.problems };
  };
  const after = (objects: RawObjects, own = trailer) => judge(appendRaw(signed, objects, own));
  const harmless = (modification: string, ...changedFields: string[]) => ({ ok: true, modification, changedFields, problems: [] });
  const problemsAfter = async (objects: RawObjects, own = trailer) => {
    const { ok, modification, problems } = await after(objects, own);
    expect([ok, modification]).to.deep.equal([false, 'OTHER']);
    return problems;
  };
  /** An object as the signature left it, without and with something. */
  const left = (number: number) => [...fromLatin1(signed).matchAll(new RegExp(`\\n${number} 0 obj\\s*(<<.*?>>)\\s*endobj`, 'gs'))].at(-1)?.[1] ?? '';
  const catalogWith = (entries: string, without = /$^/) => left(1).replace(without, '').replace(/>>$/, `${entries} >>`);

  it('may fill in a field, with a new appearance or its own old one', async () => {
    expect(await after({ 5: filled(5, '/V (x)') })).to.deep.equal(harmless('FORM_FILLING', 'alone'));
    expect(await after({ 5: filled(5, '/V (x)').replace('12 0 R', '900 0 R'), 900: stream('q 1 0 0 1 0 0 cm Q', FORM) })).to.deep.equal(harmless('FORM_FILLING', 'alone'));
    expect(await after({ 5: filled(5, '/V (x)'), 12: stream('q 1 0 0 1 0 0 cm Q', FORM) })).to.deep.equal(harmless('FORM_FILLING', 'alone'));
  });

  it('may not change what is also used elsewhere', async () => {
    expect(await problemsAfter({ 7: filled(7, '/V (x)') }), 'a field to which the catalog leads').to.deep.equal(['unexplained_change']);
    expect(await problemsAfter({ 6: filled(6, '/V (x)') }), 'an appearance of two fields').to.include('appearance_changed');
    expect(await problemsAfter({ 5: filled(5, '/V (x)'), 11: stream('q Q q Q', FORM) }), 'a stream that the page draws').to.include('unexplained_change');
  });

  it('may replace words about the file, and nothing that only looks like them', async () => {
    expect(await after({ 8: '<< /Title (Other) >>' })).to.deep.equal(harmless('LTA_UPDATES'));
    expect(await after({ 9: xmp('Other') })).to.deep.equal(harmless('LTA_UPDATES'));
    expect(await problemsAfter({ 9: stream('no XML', '/Type /Metadata /Subtype /XML') })).to.include('metadata_changed');
    expect(await problemsAfter({ 9: stream('<!DOCTYPE x [<!ENTITY e "x">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&e;</x:xmpmeta>') })).to.include('metadata_changed');
    expect(await problemsAfter({ 1: catalogWith(' /Metadata null', /\/Metadata 9 0 R/) })).to.include('metadata_changed');
    expect(await problemsAfter({ 8: '<< /Title (Other) >>' }, trailer.replace('/Info 8', '/Info 5'))).to.include('trailer_changed');
  });

  it('may add validation data in the one shape that it has', async () => {
    const data = { 900: '<< /Certs [901 0 R] >>', 901: stream('DER') };
    expect(await after({ ...data, 1: catalogWith(' /DSS 900 0 R') })).to.deep.equal(harmless('LTA_UPDATES'));
    for (const dss of ['<< /Certs [5 0 R] >>', '<< /Certs 901 0 R >>', '<< /More [] >>', '<< /Certs null >>', '<< /VRI << /short << >> >> >>', `<< /VRI << /${'A'.repeat(40)} null >> >>`, '(words)', stream('x')]) {
      expect(await problemsAfter({ ...data, 900: dss, 1: catalogWith(' /DSS 900 0 R') }), dss).to.include('validation_data_changed');
    }
    expect(await problemsAfter({ 1: catalogWith(' /DSS 5 0 R') }), 'a place that is taken').to.include('validation_data_changed');
  });

  it('may leave objects to which nothing leads, unless somebody waited for them', async () => {
    expect(await after({ 950: '(unused)' })).to.deep.equal(harmless('LTA_UPDATES'));
    expect(await problemsAfter({ 800: '<< /Type /Annot /Subtype /Popup >>' })).to.include('missing_object_supplied');
  });

  it('may write objects again as they were', async () => {
    expect(await after({ 11: BASE[11] ?? '', 3: left(3) })).to.deep.equal(harmless('LTA_UPDATES'));
  });

  it('may not change pages, take objects away, or add what is no signature', async () => {
    expect(await problemsAfter({ 3: (BASE[3] ?? '').replace('/Popup', '/Rotate 90 /Popup') })).to.include('page_changed');
    expect(await problemsAfter({ 2: '<< /Type /Pages /Kids [] /Count 0 >>' })).to.include('page_changed');
    expect(await problemsAfter({ 4: left(4).replace('13 0 R', '13 0 R 900 0 R'), 900: '<< /FT /Tx /T (new) >>' })).to.include('field_added');
    expect(await problemsAfter({ 4: left(4).replace('5 0 R ', '') })).to.include('field_removed');
    const freed = joinBytes([signed, toLatin1(`xref\n12 1\n0000000000 00001 f\r\ntrailer\n<< ${trailer} /Prev ${/startxref\s+(\d+)/.exec(fromLatin1(signed.subarray(-64)))?.[1] ?? ''} >>\nstartxref\n${signed.length}\n%%EOF\n`)]);
    expect((await judge(freed)).problems).to.include('object_removed');
  });

  it('may not be read in two ways', async () => {
    expect(await problemsAfter({ 5: filled(5, '/V (x) /V (y)') })).to.include('ambiguous_object');
    const more = joinBytes([signed, toLatin1('5 0 obj\n<< /Type /Annot >>\nendobj\n')]);
    // appendRaw names no place for the object that stands between.
    const text = fromLatin1(signed.subarray(-64));
    const previous = /startxref\s+(\d+)/.exec(text)?.[1] ?? '';
    const update = `xref\n0 0\ntrailer\n<< ${trailer} /Prev ${previous} >>\nstartxref\n${more.length}\n%%EOF\n`;
    expect((await judge(joinBytes([more, toLatin1(update)]))).problems).to.include('two_readings');
  });
});

import { expect } from 'chai';
import { degrees, PDFDocument, StandardFonts } from 'pdf-lib';
import { fontOf } from '../drawings/font.js';
import { readText } from '../node/read-text.js';
import { createTestServer, ok, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner } from '../testing/test-signer.js';
import { findAnchor } from './find-anchor.js';
import type { PageText } from './find-anchor.js';

const run = (text: string, x: number, y: number): PageText[number] => ({ text, x, y, direction: [1, 0], width: [...text].length * 10 });

describe('fields beside a text', () => {
  it('find it in pieces, in any width, and count its occurrences over all pages', () => {
    const pages: PageText[] = [[run('甲', 10, 700), run(' 乙 ', 20, 700), run('署名', 60, 700)], [run('ああ⼄署', 100, 50), run('名', 140, 50)]];
    expect(findAnchor(pages, { text: '乙 署名', occurrence: 1 })).to.deep.equal({ page: 1, x: 30, y: 700 });
    expect(findAnchor(pages, { text: '乙署名', occurrence: 2 })).to.deep.equal({ page: 2, x: 120, y: 50 });
    expect(findAnchor(pages, { text: '乙署名', occurrence: 1 }, 2)).to.deep.equal({ page: 2, x: 120, y: 50 });
    expect(findAnchor(pages, { text: '乙署名', occurrence: 3 })).to.equal(undefined);
    expect(findAnchor([[run('No.12', 0, 0)]], { text: 'Ｎｏ．１２', occurrence: 1 })).to.include({ x: 0 });
  });

  describe('in a real file', () => {
    let server: TestServer;
    before(async () => {
      server = await createTestServer({ readText });
    });
    after(() => server.stop());
    const contract = async (): Promise<Uint8Array> => {
      const document = await PDFDocument.create();
      const font = await fontOf(await server.services.font()).embed(document);
      document.addPage([595, 842]).drawText('本契約を締結する。', { x: 72, y: 700, size: 12, font });
      const last = document.addPage([595, 842]);
      last.setCropBox(20, 30, 500, 700);
      last.setRotation(degrees(90));
      last.drawText('受注者（署名）', { x: 120, y: 230, size: 12, font });
      last.drawText('Signature', { x: 300, y: 130, size: 12, font: await document.embedFont(StandardFonts.Helvetica) });
      return document.save();
    };
    const create = async (anchor: object, more: object = {}) => {
      const { id } = await server.upload(await contract());
      const recipients = [{ name: 'x', email: 'x@example.jp', fields: [{ document: 0, kind: 'signature', anchor: { width: 60, height: 60, ...anchor }, ...more }] }];
      return server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id }], recipients });
    };

    it('stand where the text is, from the corner of the crop box, whatever way the page is turned', async () => {
      await ok(await create({ text: '署名', dx: 10, dy: -70 }));
      const { session } = await openSigner(server, { email: 'x@example.jp' });
      const [field] = session.fields;
      expect(field?.page).to.equal(2);
      // The fourth of seven equally wide characters after 「受注者（」: 4 × 12 points.
      const [x = 0, y = 0, width, height] = field?.rect ?? [];
      expect([width, height]).to.deep.equal([60, 60]);
      expect(x).to.be.closeTo(120 + 48 - 20 + 10, 1);
      expect(y).to.be.closeTo(230 - 30 - 70, 1);
    });

    it('are refused where the text is not there, too rarely, on another page, or the place is off the page', async () => {
      for (const [anchor, more] of [[{ text: '発注者' }], [{ text: '署名', occurrence: 2 }], [{ text: '署名' }, { page: 1 }]] as const) {
        expect(await problemOf(await create(anchor, more)), JSON.stringify(anchor)).to.include({ status: 422, code: 'anchor_not_found' });
      }
      expect(await problemOf(await create({ text: 'Signature', dx: 400 }))).to.include({ status: 400, code: 'request_invalid' });
      expect(await problemOf(await create({ text: 'Signature' }, { page: 2, rect: [1, 1, 9, 9] }))).to.include({ status: 400, code: 'request_invalid' });
      expect(await problemOf(await create({ text: '' }))).to.include({ status: 400, code: 'request_invalid' });
    });

    it('are refused plainly by a server that cannot read text', async () => {
      const blind = await createTestServer();
      const { id } = await blind.upload(await contract());
      const recipients = [{ name: 'x', email: 'x@example.jp', fields: [{ document: 0, kind: 'signature', anchor: { text: '署名', width: 9, height: 9 } }] }];
      expect(await problemOf(await blind.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id }], recipients }))).to.include({ status: 503, code: 'service_unavailable' });
      await blind.stop();
    });
  });
});

import { demoApplicant, demoFormEnvelope } from '@sky-sign/mocks';
import { pointsPerMm, type UploadedDocument } from '@sky-sign/protocol';
import { expect } from 'chai';
import { makeSmallPdf } from '../documents/small-pdf.js';
import { writeStroke } from '../testing/pen.js';
import { find, reads, until } from '../testing/screen.js';
import { openSigningPage, type SigningPage } from '../testing/signing-page.js';
import { deep, fieldButton, firstPage } from '../testing/signing-steps.js';
import type { SkySign } from '../sky-sign.js';

const pixelsPerMm = 96 / 25.4;

describe('a seal on a page that is turned', function () {
  this.timeout(60_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
  });
  afterEach(() => page.clear());
  after(() => page.close());

  /** One signature field that is shown 35 mm wide and 9 mm high, on a page with this `/Rotate`. */
  async function open(rotate: number): Promise<SkySign> {
    const server = await page.mocks.server();
    const file = makeSmallPdf({ page: `/MediaBox [0 0 595 842] /Rotate ${String(rotate)}`, content: '0 g 20 20 10 10 re f' });
    const { id } = (await (await server.asSender(`/v1/documents?name=turned-${String(rotate)}`, file)).json()) as UploadedDocument;
    const [long, short] = [35 * pointsPerMm, 9 * pointsPerMm];
    const size = rotate % 180 === 0 ? [long, short] : [short, long];
    const envelope = demoFormEnvelope(id);
    const recipients = envelope.recipients.map((recipient) => ({ ...recipient, fields: [{ document: 0, kind: 'signature' as const, page: 1, rect: [200, 300, ...size] as [number, number, number, number] }] }));
    const before = new Set((await server.mails()).map((mail) => mail.id));
    const answer = await server.asSender('/v1/envelopes', { ...envelope, recipients });
    expect(answer.status, await answer.clone().text()).to.equal(201);
    const element = page.show({ token: await server.linkToken(demoApplicant, 'sign', before) });
    element.style.setProperty('--sky-motion', '0ms');
    (await find(element, 'button', '文書を開く')).click();
    await firstPage(element);
    return element;
  }

  for (const rotate of [0, 90, 180, 270]) {
    it(`is previewed in the field as it is shown: /Rotate ${String(rotate)}`, async () => {
      const element = await open(rotate);
      const field = await until(() => fieldButton(element, '署名1'), 'the field');
      const { width, height } = field.getBoundingClientRect();
      expect(width / height, 'the field on the page').to.be.closeTo(35 / 9, 0.3);
      field.click();
      const place = await until(() => {
        const one = deep(element, '.place');
        return one && one.getBoundingClientRect().width > 0 && one;
      }, 'the field in the preview');
      expect(place.getBoundingClientRect().width).to.be.closeTo(35 * pixelsPerMm, 1);
      expect(place.getBoundingClientRect().height).to.be.closeTo(9 * pixelsPerMm, 1);
      await reads(element, '署名欄に合わせて 9 mm × 9 mm に縮めて配置します。');
      (await find(element, 'tab', '手書きでサイン')).click();
      const pad = await until(() => {
        const canvas = deep(element, 'sky-seal-pad')?.shadowRoot?.querySelector('canvas');
        return canvas && canvas.width > 300 && canvas;
      }, 'the pad');
      await writeStroke(pad, Array.from({ length: 40 }, (_, i) => ({ x: 40 + i * 10, y: 120 + Math.sin(i / 2) * 20 })));
      await reads(element, '署名欄に合わせて 35 mm ×');
    });
  }
});

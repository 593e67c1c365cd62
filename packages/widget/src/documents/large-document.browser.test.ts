import { enterAccessCode, fetchRevision, openConnection, startSession } from '@sky-sign/client';
import { expect } from 'chai';
import { createDocumentBytes } from './document-bytes.js';
import { makeLargePdf } from './large-pdf.js';
import { openPdf } from './open-pdf.js';

const assetsUrl = new URL('/assets/pdfjs/', location.href).href;
const pdf = makeLargePdf({ pages: 50, bytesPerPage: 2_000_000 });
const sha256 = 'a'.repeat(64);

/** A server that knows one document; what it is asked for is kept in `ranges`. */
function server(ranges: [number, number][]): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/access-code')) {
      return Response.json({ token: 'sks_1', tokenExpiresAt: new Date(Date.now() + 300_000).toISOString(), session: {} });
    }
    if (!pathname.includes('/revisions/')) return Response.json({ sessionId: 's1', protocolVersion: 1 });
    if (!request.headers.get('dpop') || request.headers.get('authorization') !== 'DPoP sks_1') return new Response(null, { status: 401 });
    const [, begin = '', last = ''] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.get('range') ?? '') ?? [];
    ranges.push([Number(begin), Number(last) + 1]);
    return new Response(pdf.read(Number(begin), Number(last) + 1), { status: 206 });
  };
}

describe('a document of 100 MB', function () {
  this.timeout(120_000);

  it('shows its first page after a few aligned ranges, then loads each byte once and knows its hash', async () => {
    const ranges: [number, number][] = [];
    const connection = await openConnection({ server: 'https://sign.example', fetch: server(ranges), memory: { read: () => undefined, write: () => undefined, clear: () => undefined } });
    await startSession(connection, { linkToken: `skl_${'a'.repeat(43)}` });
    await enterAccessCode(connection, { accessCode: '1234' });
    const bytes = createDocumentBytes({
      length: pdf.length,
      fetchRange: (begin, end) => fetchRevision(connection, { documentId: 'd1', sha256, begin, end }),
    });
    const document = await openPdf(bytes, { assetsUrl });
    expect(document.pages).to.equal(50);
    const page = await document.page(1);
    const canvas = window.document.createElement('canvas');
    await page.paint(canvas, { scale: 1, density: 1, signal: new AbortController().signal });
    expect(bytes.loaded, 'before the first page').to.be.below(16 * 1024 * 1024);
    const shades = new Set(canvas.getContext('2d')?.getImageData(100, 100, 50, 50).data);
    expect(shades.size, 'the picture is painted').to.be.above(20);

    const digest = await bytes.digest();
    const whole = pdf.read(0, pdf.length);
    const expected = new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
    expect(digest).to.equal(Array.from(expected, (byte) => byte.toString(16).padStart(2, '0')).join(''));

    const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
    let at = 0;
    for (const [begin, end] of sorted) {
      expect(begin, 'each byte once, none left out').to.equal(at);
      expect(begin % (512 * 1024), 'aligned').to.equal(0);
      expect(end - begin).to.be.at.most(1024 * 1024);
      at = end;
    }
    expect(at).to.equal(pdf.length);
    await document.close();
  });

  it('asks again only for the range that failed', async () => {
    const asked: number[] = [];
    let failing = true;
    const small = makeLargePdf({ pages: 2, bytesPerPage: 2_000_000 });
    const bytes = createDocumentBytes({
      length: small.length,
      fetchRange: async (begin, end) => {
        asked.push(begin);
        if (begin === 2 * 1024 * 1024 && failing) throw new Error('lost');
        return small.read(begin, end);
      },
    });
    let lost = false;
    await bytes.loadRest().catch(() => (lost = true));
    expect(lost).to.equal(true);
    failing = false;
    await bytes.loadRest();
    expect(asked.filter((begin) => begin === 2 * 1024 * 1024)).to.have.length(2);
    expect(new Set(asked).size).to.equal(asked.length - 1);
  });

  it('takes the bytes of an earlier revision over and fetches only what was appended', async () => {
    const source = makeLargePdf({ pages: 2, bytesPerPage: 1_500_000 });
    const first = createDocumentBytes({ length: 2_500_000, fetchRange: async (begin, end) => source.read(begin, end) });
    await first.loadRest();
    let fetched = 0;
    const second = createDocumentBytes({
      length: source.length,
      base: first,
      fetchRange: async (begin, end) => {
        fetched += end - begin;
        return source.read(begin, end);
      },
    });
    expect(await second.whole()).to.deep.equal(source.read(0, source.length));
    expect(fetched).to.be.below(source.length - 2_500_000 + 512 * 1024);
  });
});

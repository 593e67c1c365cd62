import { bytesSource } from '@sky-sign/pades';
import { expect } from 'chai';
import { PDFDocument } from 'pdf-lib';
import { onePageObjects, rawPdf, stream } from '../intake/testing/raw-pdf.js';
import type { LogEvent } from '../services.js';
import { createHeavyPool } from './heavy-pool.js';
import type { HeavyPool, PoolOptions } from './heavy-pool.js';

const options = { sanitize: false, allowAttachments: false, at: Date.now() };
const small = bytesSource(rawPdf(onePageObjects));

describe('the threads that read uploads and draw', () => {
  const open: HeavyPool[] = [];
  let events: LogEvent[] = [];
  const pool = (given: Partial<PoolOptions> = {}): HeavyPool => {
    events = [];
    const made = createHeavyPool({ threads: 2, log: (event) => events.push(event), ...given });
    open.push(made);
    return made;
  };
  afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));

  it('read an upload that stays where it is, accept it, refuse it', async () => {
    const threads = pool();
    const large = rawPdf({ ...onePageObjects, 3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R >>', 4: stream('', '0 g '.repeat(1 << 19)) });
    expect(await threads.inspect(bytesSource(large), options)).to.have.nested.property('facts.pages.length', 1);
    const scripted = rawPdf({ ...onePageObjects, 1: '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (x) >> >>' });
    expect(await threads.inspect(bytesSource(scripted), options)).to.have.nested.property('refusal.reason', 'javascript');
  });

  it('draw as the page would, and give reasons', async () => {
    const threads = pool();
    const box = { text: '東京都', width: 200, height: 30, fontSize: 12 };
    const drawn = await threads.drawText(box);
    if ('refused' in drawn) throw new Error(drawn.refused);
    expect((await PDFDocument.load(drawn.pdf)).getPage(0).getSize()).to.deep.equal({ width: 200, height: 30 });
    expect(await threads.drawText({ ...box, text: '\u{10fffd}' })).to.deep.equal({ refused: 'glyph_missing' });
    expect(await threads.drawSeal({ png: new Uint8Array(99), widthMm: 9, heightMm: 9, width: 9, height: 9 })).to.deep.equal({ refused: 'picture_unreadable' });
  });

  it('leave the server free while they draw two thousand characters at 72 points', async () => {
    const threads = pool();
    await threads.drawStamp('0');
    const begin = performance.now();
    let [longest, before] = [0, begin];
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - before);
      before = performance.now();
    }, 5);
    const drawn = await threads.drawText({ text: '契約書の備考欄に書かれた長い文章。'.repeat(118), width: 500, height: 700, fontSize: 72, multiline: true });
    const took = performance.now() - begin;
    clearInterval(beat);
    expect('pdf' in drawn).to.equal(true);
    expect(longest).to.be.lessThan(Math.max(250, took / 3));
  });

  it('end a thread that takes too long: the upload is refused, and the next one is read', async () => {
    const threads = pool({ timeoutMs: 3_000 });
    const stuck = { length: small.length, read: () => new Promise<never>(() => undefined) };
    expect(await threads.inspect(stuck, options)).to.have.nested.property('refusal.reason', 'time');
    expect(events[0]).to.include({ event: 'worker_failed', job: 'inspect' });
    expect(await threads.inspect(small, options)).to.have.property('verdict', 'accepted');
  });

  it('end a thread that wants too much memory: the upload is refused, and the server goes on', async () => {
    const threads = pool({ memoryMb: 8 });
    const verdict = await threads.inspect(small, options);
    expect(verdict).to.have.nested.property('refusal.code', 'document_too_complex');
    expect(verdict).to.have.nested.property('refusal.reason', 'memory');
  });

  it('keep one thread for drawing while uploads hang', async () => {
    const threads = pool();
    const asked: number[] = [];
    const hanging = { length: small.length, read: (at: number) => new Promise<never>(() => void asked.push(at)) };
    for (let i = 0; i < 3; i += 1) void threads.inspect(hanging, options).catch(() => undefined);
    expect(await threads.drawStamp('0123')).to.be.instanceOf(Uint8Array);
    expect(asked.length).to.be.lessThan(2);
  });

  it('hand on that the bytes could not be read, which is no fault of the file', async () => {
    const threads = pool();
    const failing = { length: small.length, read: () => Promise.reject(new Error('the database is gone')) };
    expect(await threads.inspect(failing, options).catch((error: Error) => error.message)).to.equal('the database is gone');
    expect(await threads.inspect(small, options)).to.have.property('verdict', 'accepted');
  });
});

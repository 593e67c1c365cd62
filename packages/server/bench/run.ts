// What a completion costs, alone and with many others at once. The server, its timestamp authority and this load have a process each.
import { cpus } from 'node:os';
import type { CompletionResult, EmbedToken, EnvelopeInput, EnvelopeView } from '@sky-sign/protocol';
import { PDFDocument } from 'pdf-lib';
import { ok, smallEnvelope } from '../src/testing/test-server.js';
import { createSigner, fillAll, sealAll } from '../src/testing/test-signer.js';
import type { TestSigner } from '../src/testing/test-signer.js';
import { startBenchServer } from './start.js';
import type { BenchServer } from './start.js';

const portal = 'https://portal.example';
const alone = Number(process.env['BENCH_ALONE'] ?? 60);
const atOnce = Number(process.env['BENCH_AT_ONCE'] ?? 100);
const inOneTurn = 20;

/** Two pages with words on them. */
async function contract(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (let page = 0; page < 2; page += 1) {
    const sheet = document.addPage([595, 842]);
    for (let line = 0; line < 40; line += 1) sheet.drawText(`Article ${String(page * 40 + line)}. The parties agree to what this line says.`, { x: 60, y: 780 - line * 17, size: 10 });
  }
  return document.save();
}

const seal = (x: number, y = 120) => ({ document: 0, page: 2, kind: 'signature' as const, rect: [x, y, 60, 60] as [number, number, number, number] });
const place = { document: 0, page: 2, kind: 'text' as const, rect: [60, 60, 220, 22] as [number, number, number, number], label: '所在地' };
const day = { document: 0, page: 2, kind: 'date' as const, rect: [300, 60, 160, 22] as [number, number, number, number], label: '契約日' };

async function envelope({ remote }: BenchServer, pdf: Uint8Array, recipients: EnvelopeInput['recipients']): Promise<EnvelopeView> {
  const { id } = await remote.upload(pdf);
  return remote.create({ ...smallEnvelope, documents: [{ id }], recipients, send: true });
}

/** Past the code, with the document read, ready to press the last button. */
async function ready({ remote }: BenchServer, { id, recipients }: EnvelopeView, index = 0): Promise<TestSigner> {
  const path = `/v1/envelopes/${id}/recipients/${recipients[index]?.id ?? ''}/embed-tokens`;
  const { token } = await ok<EmbedToken>(await remote.asSender('POST', path, { origin: portal }));
  const signer = await createSigner(remote, portal);
  await signer.start(token);
  await signer.enter('');
  await signer.read();
  return signer;
}

interface Timed {
  /** Milliseconds until the answer, and until the signature was there. */
  readonly answered: number;
  readonly signed: number;
  readonly errors: readonly string[];
}

async function timed(signer: TestSigner): Promise<Timed> {
  const request = await signer.request(fillAll(signer.session), sealAll(signer.session));
  const errors: string[] = [];
  const start = performance.now();
  let answered = 0;
  for (;;) {
    const response = await signer.complete(request);
    answered ||= performance.now() - start;
    if (response.ok) {
      if (((await response.json()) as CompletionResult).status === 'signed') return { answered, signed: performance.now() - start, errors };
    } else {
      errors.push(`${String(response.status)} ${await response.text()}`);
      if (errors.length > 5) return { answered, signed: Infinity, errors };
    }
  }
}

const at = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const ms = (value: number): string => `${value.toFixed(0)} ms`;
const mb = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;

/** Rows of the log that must be there for each act; returns what is missing. */
async function missingRows({ remote }: BenchServer, envelopes: readonly EnvelopeView[]): Promise<number> {
  let missing = 0;
  for (const { id, recipients } of envelopes) {
    const lines = (await (await remote.asSender('GET', `/v1/envelopes/${id}/audit`)).text()).trim().split('\n').map((line) => JSON.parse(line) as { seq: number; type: string; data: { recipientId?: string } });
    missing += lines.filter(({ seq }, i) => seq !== i + 1).length;
    for (const recipient of recipients) for (const type of ['opened', 'served', 'consented', 'signed']) if (!lines.some((line) => line.type === type && line.data.recipientId === recipient.id)) missing += 1;
  }
  return missing;
}

const server = await startBenchServer();
try {
  const pdf = await contract();
  const single = [{ name: '山田 太郎', organization: '株式会社山田建設', email: 'yamada@example.jp', fields: [seal(400), place, day] }];
  const person = async () => {
    const view = await envelope(server, pdf, single);
    return { view, signer: await ready(server, view) };
  };
  console.log(`Node ${process.version}, ${String(cpus().length)} × ${cpus()[0]?.model ?? ''}\n`);
  console.log('| what | p50 | p95 | most | signatures a second | errors | rows missing | memory now / most |\n| --- | --- | --- | --- | --- | --- | --- | --- |');
  const row = async (what: string, times: readonly Timed[], elapsed: number, envelopes: readonly EnvelopeView[]): Promise<void> => {
    const signed = times.map((each) => each.signed);
    const { now, most } = await server.memory();
    const errors = times.flatMap((each) => each.errors);
    console.log(`| ${what} | ${ms(at(signed, 0.5))} | ${ms(at(signed, 0.95))} | ${ms(Math.max(...signed))} | ${((times.length * 1000) / elapsed).toFixed(1)} | ${String(errors.length)} | ${String(await missingRows(server, envelopes))} | ${mb(now)} / ${mb(most)} |`);
    for (const error of new Set(errors)) console.error(error);
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 2_000));

  for (let i = 0; i < 5; i += 1) await timed((await person()).signer);
  await settle();
  const times: Timed[] = [];
  const views: EnvelopeView[] = [];
  for (let i = 0; i < alone; i += 1) {
    const { view, signer } = await person();
    views.push(view);
    // Mails and the certificate of the one before are not what is measured here.
    await new Promise((resolve) => setTimeout(resolve, 350));
    times.push(await timed(signer));
  }
  await row(`${String(alone)} one after the other`, times, times.reduce((sum, { signed }) => sum + signed, 0), views);

  const crowd = [];
  for (let i = 0; i < atOnce; i += 1) crowd.push(await person());
  await settle();
  let start = performance.now();
  const together = await Promise.all(crowd.map(({ signer }) => timed(signer)));
  await row(`${String(atOnce)} at once, an envelope each`, together, performance.now() - start, crowd.map(({ view }) => view));

  await settle();
  const turn = await envelope(server, pdf, Array.from({ length: inOneTurn }, (_, i) => ({ name: `署名 ${String(i)}`, email: `p${String(i)}@example.jp`, order: 1, fields: [seal(40 + 50 * (i % 10), 200 - 90 * Math.floor(i / 10))] })));
  const signers: TestSigner[] = [];
  for (let i = 0; i < inOneTurn; i += 1) signers.push(await ready(server, turn, i));
  await settle();
  start = performance.now();
  const parallel = await Promise.all(signers.map((signer) => timed(signer)));
  await row(`${String(inOneTurn)} at once in one envelope`, parallel, performance.now() - start, [turn]);
} finally {
  await server.stop();
}

// One thread of the pool: takes one job at a time and asks for the bytes of an upload as it reads them.
import { parentPort } from 'node:worker_threads';
import { Crypto } from '@peculiar/webcrypto';
import { bytesSource } from '@sky-sign/pades';
import { nodeHash } from '@sky-sign/pades/node';
import { createHeavy } from '../heavy/heavy.js';
import type { Answer, Job, Order } from './heavy-messages.js';
import { japaneseFont } from './japanese-font.js';

/** What is asked for at once. */
const blockBytes = 1 << 20;

const heavy = createHeavy({ crypto: new Crypto() as unknown as globalThis.Crypto, hash: nodeHash, font: japaneseFont() });
let handed: ((bytes: Uint8Array) => void) | undefined;

say({ kind: 'ready' });
parentPort?.on('message', (order: Order) => {
  if (order.kind === 'bytes') return handed?.(order.bytes);
  run(order).then(
    (result) => say({ kind: 'done', result }),
    (error: unknown) => say({ kind: 'failed', message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
  );
});

async function run(job: Job): Promise<unknown> {
  switch (job.kind) {
    case 'inspect':
      return heavy.inspect(bytesSource(await gather(job.length)), job.options);
    case 'drawText':
      return heavy.drawText(job.box);
    case 'drawSeal':
      return heavy.drawSeal(job.box);
    case 'drawStamp':
      return heavy.drawStamp(job.certificateId);
    case 'drawCertificate':
      return heavy.drawCertificate(job.facts);
  }
}

function say(answer: Answer): void {
  parentPort?.postMessage(answer);
}

/** The upload, from the thread that can decrypt it; whole, because it is read here and there a million times. */
async function gather(length: number): Promise<Uint8Array> {
  const whole = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const part = await new Promise<Uint8Array>((resolve) => {
      handed = resolve;
      say({ kind: 'read', offset: at, length: blockBytes });
    });
    if (part.length === 0) throw new RangeError(`The upload ended at ${String(at)} of ${String(length)} bytes.`);
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

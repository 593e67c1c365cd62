// One thread of the pool: takes one job at a time and asks for the bytes of an upload as it reads them.
import { parentPort } from 'node:worker_threads';
import { Crypto } from '@peculiar/webcrypto';
import { nodeHash } from '@sky-sign/pades/node';
import type { ByteSource } from '@sky-sign/pades';
import { createHeavy } from '../heavy/heavy.js';
import type { Answer, Job, Order } from './heavy-messages.js';
import { japaneseFont } from './japanese-font.js';

/** What is read at once, and how many such blocks are kept: an upload is read here and there many times. */
const [blockBytes, keptBlocks] = [1 << 18, 32];

const heavy = createHeavy({ crypto: new Crypto() as unknown as globalThis.Crypto, hash: nodeHash, font: japaneseFont() });
let handed: ((bytes: Uint8Array) => void) | undefined;

parentPort?.on('message', (order: Order) => {
  if (order.kind === 'bytes') return handed?.(order.bytes);
  run(order).then(
    (result) => say({ kind: 'done', result }),
    (error: unknown) => say({ kind: 'failed', message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
  );
});

function run(job: Job): Promise<unknown> {
  switch (job.kind) {
    case 'inspect':
      return heavy.inspect(handedSource(job.length), job.options);
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

/** The upload, block by block, from the thread that can decrypt it. */
function handedSource(length: number): ByteSource {
  const blocks = new Map<number, Uint8Array>();
  let last: Promise<unknown> = Promise.resolve();
  const block = async (index: number): Promise<Uint8Array> => {
    const held = blocks.get(index);
    if (held) return held;
    const bytes = await new Promise<Uint8Array>((resolve) => {
      handed = resolve;
      say({ kind: 'read', offset: index * blockBytes, length: blockBytes });
    });
    blocks.set(index, bytes);
    const [oldest] = blocks.keys();
    if (blocks.size > keptBlocks && oldest !== undefined) blocks.delete(oldest);
    return bytes;
  };
  const readNow = async (offset: number, wanted: number): Promise<Uint8Array> => {
    const end = Math.max(offset, Math.min(offset + wanted, length));
    const whole = new Uint8Array(end - offset);
    for (let at = offset; at < end; ) {
      const index = Math.floor(at / blockBytes);
      const part = (await block(index)).subarray(at - index * blockBytes, end - index * blockBytes);
      if (part.length === 0) throw new RangeError(`The upload ended at ${String(at)} of ${String(length)} bytes.`);
      whole.set(part, at - offset);
      at += part.length;
    }
    return whole;
  };
  return {
    length,
    // One question at a time is on its way.
    read(offset, wanted) {
      const result = last.then(() => readNow(offset, wanted));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

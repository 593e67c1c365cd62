import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { readChunks } from '@sky-sign/pades';
import type { Services } from '../services.js';

export interface ClamdOptions {
  /** `host:port`, or the path of a unix socket. */
  readonly address: string;
  readonly timeoutMs?: number;
}

/** An answer is one short line. */
const longestAnswer = 4096;
const chunkBytes = 1 << 16;

/** Asks a ClamAV daemon about the bytes of a file (INSTREAM, clamd(8)). Rejects where it gives no verdict. */
export function createClamd({ address, timeoutMs = 60_000 }: ClamdOptions): NonNullable<Services['scan']> {
  return async (source) => {
    const socket = open(address);
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`${address} does not answer.`)));
    const answered = readAnswer(socket);
    // Whoever has had enough says so and closes; what counts then is what was said.
    const sent = send(socket, readChunks(source, 0, source.length, chunkBytes)).catch((error: unknown) => error as Error);
    try {
      const answer = await answered;
      return verdictOf(answer, answer === '' ? await sent : undefined);
    } finally {
      socket.destroy();
    }
  };
}

function open(address: string): Socket {
  const [, host, port] = /^(?:tcp:\/\/)?(\[[^\]]+\]|[^:/]+):(\d+)$/u.exec(address) ?? [];
  return host === undefined ? connect(address.replace(/^unix:/u, '')) : connect(Number(port), host.replace(/^\[|\]$/gu, ''));
}

async function send(socket: Socket, chunks: AsyncIterable<Uint8Array>): Promise<undefined> {
  await write(socket, new TextEncoder().encode('zINSTREAM\0'));
  for await (const chunk of chunks) {
    const framed = new Uint8Array(4 + chunk.length);
    new DataView(framed.buffer).setUint32(0, chunk.length);
    framed.set(chunk, 4);
    await write(socket, framed);
  }
  await write(socket, new Uint8Array(4));
  return undefined;
}

/** Waits until the bytes have left, so that a slow daemon is not handed a whole file at once. */
function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      answer += part;
      if (answer.includes('\0') || answer.length > longestAnswer) resolve(answer);
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
    socket.on('close', () => resolve(answer));
  });
}

function verdictOf(answer: string, cause: Error | undefined): Awaited<ReturnType<NonNullable<Services['scan']>>> {
  const line = answer.replace(/\0[\s\S]*$/u, '').trim();
  if (line === 'stream: OK') return { verdict: 'clean' };
  const [, found] = /^stream: (.+) FOUND$/u.exec(line) ?? [];
  if (found !== undefined) return { verdict: 'found', found: found.replace(/[^\w.:\- ]/gu, '').slice(0, 100) };
  if (line.includes('size limit exceeded')) return { verdict: 'too_large' };
  throw new Error(`The virus scanner says: ${line.slice(0, 100) || 'nothing'}`, { cause });
}

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface PeerServer {
  readonly url: string;
  /** What `/document.pdf` is from now on. */
  show(bytes: Uint8Array): void;
  /** Bytes of the document that went out since the last `show`. */
  readonly sent: number;
  stop(): void;
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.pdf': 'application/pdf' };

/** PDF.js from its package, and one document in ranges, on loopback. */
export async function startPeerServer(): Promise<PeerServer> {
  const pdfjs = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  let pdf = new Uint8Array();
  let sent = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const type = types[path.extname(pathname)] ?? 'application/octet-stream';
    if (pathname === '/document.pdf') {
      const [, first, last] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? '') ?? [];
      const [start, end] = first === undefined ? [0, pdf.length] : [Number(first), Math.min(pdf.length, Number(last) + 1)];
      sent += end - start;
      const range = first === undefined ? {} : { 'Content-Range': `bytes ${String(start)}-${String(end - 1)}/${String(pdf.length)}` };
      response.writeHead(first === undefined ? 200 : 206, { 'Content-Type': type, 'Content-Length': end - start, 'Accept-Ranges': 'bytes', ...range });
      response.end(pdf.subarray(start, end));
      return;
    }
    const file = pathname.startsWith('/pdfjs/') ? path.join(pdfjs, path.normalize(pathname.slice(7))) : path.join(import.meta.dirname, path.basename(pathname));
    readFile(file).then(
      (bytes) => response.writeHead(200, { 'Content-Type': type }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${String((server.address() as AddressInfo).port)}`,
    show: (bytes) => {
      pdf = new Uint8Array(bytes);
      sent = 0;
    },
    get sent() {
      return sent;
    },
    stop: () => server.close(),
  };
}

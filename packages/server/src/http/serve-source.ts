import type { ByteSource } from '@sky-sign/pades';
import { own } from '../bytes.js';
import { parseRange } from './range.js';
import type { ByteRange } from './range.js';

/** Bytes that go out at a time: one encrypted chunk at most two times. */
const stepBytes = 512 * 1024;

export interface Served {
  readonly response: Response;
  /** The bytes of the document that this answer carries. */
  readonly carries?: ByteRange;
}

/** Answers a request for immutable bytes: whole, in a range, or "you have it". Reads while it sends. */
export function serveSource(request: Request, { source, sha256, headers }: { source: ByteSource; sha256: string; headers: Readonly<Record<string, string>> }): Served {
  const etag = `"${sha256}"`;
  const common = { ...headers, ETag: etag, 'Accept-Ranges': 'bytes' };
  if (matches(request.headers.get('If-None-Match'), etag)) return { response: new Response(null, { status: 304, headers: common }) };
  const ifRange = request.headers.get('If-Range');
  const range = ifRange !== null && ifRange !== etag ? undefined : parseRange(request.headers.get('Range'), source.length);
  const { start, end } = range ?? { start: 0, end: source.length };
  const contentRange = range && { 'Content-Range': `bytes ${String(start)}-${String(end - 1)}/${String(source.length)}` };
  const body = request.method === 'HEAD' ? null : streamOf(source, start, end);
  return {
    response: new Response(body, {
      status: range ? 206 : 200,
      headers: { ...common, 'Content-Type': 'application/pdf', 'Content-Length': String(end - start), ...contentRange },
    }),
    ...(body !== null && { carries: { start, end } }),
  };
}

function matches(header: string | null, etag: string): boolean {
  return header?.split(',').some((each) => each.trim() === etag || each.trim() === '*') ?? false;
}

function streamOf(source: ByteSource, start: number, end: number): ReadableStream<Uint8Array> {
  let at = start;
  return new ReadableStream(
    {
      async pull(controller) {
        const part = await source.read(at, Math.min(stepBytes, end - at));
        at += part.length;
        controller.enqueue(own(part).slice());
        if (at >= end) controller.close();
      },
    },
    { highWaterMark: 1 },
  );
}

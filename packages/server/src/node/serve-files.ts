import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { contentSecurityPolicy, pageHeaders } from '../http/page-headers.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** One file of the first folder that has it, or `undefined`. `name` is a URL path; it never leads out of a folder. */
export async function serveFile(folders: readonly string[], name: string, request: Request): Promise<Response | undefined> {
  const clean = path.posix.normalize(`/${name}`);
  // A backslash leads out of a folder on Windows.
  if (/[\0\\]/u.test(clean) || clean.split('/').some((part) => part.startsWith('.'))) return undefined;
  for (const folder of folders) {
    const file = path.join(folder, clean);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) continue;
    const etag = `W/"${found.size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}"`;
    const headers = {
      ...pageHeaders,
      'Content-Security-Policy': /worker/u.test(path.basename(file)) ? contentSecurityPolicy.worker : contentSecurityPolicy.page,
      'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
      'Cache-Control': 'no-cache',
      ETag: etag,
    };
    if (request.headers.get('If-None-Match') === etag) return new Response(null, { status: 304, headers });
    const body = request.method === 'HEAD' ? null : (Readable.toWeb(createReadStream(file)) as ReadableStream);
    return new Response(body, { headers: { ...headers, 'Content-Length': String(found.size) } });
  }
  return undefined;
}

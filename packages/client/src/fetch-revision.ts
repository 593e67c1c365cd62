import { routes } from '@sky-sign/protocol';
import { call } from './call.js';
import type { Connection } from './connection.js';
import { SkySignError } from './sky-sign-error.js';
import { translateError } from './translate-error.js';

export interface RevisionRange {
  readonly documentId: string;
  readonly sha256: string;
  /** First byte. */
  readonly begin: number;
  /** The byte after the last one. */
  readonly end: number;
  readonly signal?: AbortSignal | undefined;
}

/** How often a transfer that broke off in the middle is taken up again. */
const attempts = 4;

/** The bytes `begin … end − 1` of one immutable revision. The caller owns the array. */
export async function fetchRevision(connection: Connection, range: RevisionRange): Promise<Uint8Array<ArrayBuffer>> {
  const what = `Loading bytes ${range.begin}–${range.end - 1} of a document`;
  for (let attempt = 1; ; attempt += 1) {
    const response = await call(connection, {
      what,
      method: 'get',
      path: routes.revision(range.documentId, range.sha256),
      headers: { accept: 'application/pdf', range: `bytes=${range.begin}-${range.end - 1}` },
      auth: 'token',
      repeatable: true,
      timeout: 60_000,
      signal: range.signal,
    });
    try {
      return takeRange(new Uint8Array(await response.arrayBuffer()), response.status, range);
    } catch (error) {
      const failure = await translateError(error, what);
      if (failure.code !== 'network_failed' || attempt === attempts) throw failure;
    }
  }
}

function takeRange(bytes: Uint8Array<ArrayBuffer>, status: number, { begin, end }: RevisionRange): Uint8Array<ArrayBuffer> {
  const part = status === 206 ? bytes : bytes.slice(begin, end);
  if (part.length === end - begin) return part;
  throw new SkySignError('answer_invalid', `The server sent ${part.length} bytes where ${end - begin} were asked for.`, { status });
}

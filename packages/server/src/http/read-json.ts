import * as v from 'valibot';
import { concat, fromUtf8 } from '../bytes.js';
import { ServerError } from '../problem.js';

const defaultBytes = 1024 * 1024;

/** The body of a request as `schema` wants it; anything else is `request_invalid`, saying where. */
export async function readJson<S extends v.GenericSchema>(request: Request, schema: S, maxBytes = defaultBytes): Promise<v.InferOutput<S>> {
  return parseJson(await readBytes(request, maxBytes), schema);
}

/** The same where there may be none: `undefined`. */
export async function readOptionalJson<S extends v.GenericSchema>(request: Request, schema: S, maxBytes = defaultBytes): Promise<v.InferOutput<S> | undefined> {
  const bytes = await readBytes(request, maxBytes);
  return bytes.length === 0 ? undefined : parseJson(bytes, schema);
}

function parseJson<S extends v.GenericSchema>(bytes: Uint8Array, schema: S): v.InferOutput<S> {
  let json: unknown;
  try {
    json = JSON.parse(fromUtf8(bytes));
  } catch (cause) {
    throw new ServerError('request_invalid', 'The body is not JSON in UTF-8.', { cause });
  }
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ServerError('request_invalid', `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let read = 0;
  for await (const part of bodyOf(request)) {
    read += part.length;
    if (read > maxBytes) throw new ServerError('request_invalid', `The body is larger than ${String(maxBytes)} bytes.`);
    parts.push(part);
  }
  return concat(...parts);
}

/**
 * The body in parts as they arrive. Not every browser can iterate a stream, so it is read by hand; Firefox has none at all
 * for a request (https://developer.mozilla.org/docs/Web/API/Request/body), so there it comes in one part.
 */
export async function* bodyOf(request: Pick<Body, 'body' | 'arrayBuffer'>): AsyncGenerator<Uint8Array> {
  if (request.body === undefined) {
    yield new Uint8Array(await request.arrayBuffer());
    return;
  }
  const reader = request.body?.getReader();
  if (!reader) return;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

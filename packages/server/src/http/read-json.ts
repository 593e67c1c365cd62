import * as v from 'valibot';
import { ServerError } from '../problem.js';

const defaultBytes = 1024 * 1024;

/** The body of a request as `schema` wants it; anything else is `request_invalid`, saying where. */
export async function readJson<S extends v.GenericSchema>(request: Request, schema: S, maxBytes = defaultBytes): Promise<v.InferOutput<S>> {
  const text = await readText(request, maxBytes);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ServerError('request_invalid', 'The body is not JSON.', { cause });
  }
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ServerError('request_invalid', `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let read = 0;
  for await (const part of bodyOf(request)) {
    read += part.length;
    if (read > maxBytes) throw new ServerError('request_invalid', `The body is larger than ${String(maxBytes)} bytes.`);
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

/** The body in parts as they arrive. Not every browser can iterate a stream, so it is read by hand. */
export async function* bodyOf(request: Pick<Body, 'body'>): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

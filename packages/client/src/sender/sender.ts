import ky, { type KyInstance } from 'ky';
import { translateError } from '../translate-error.js';

/** A host's back end at one server. The API key belongs on a server, never in a page. */
export interface Sender {
  readonly http: KyInstance;
}

export interface SenderOptions {
  /** Origin of the sky-sign server. */
  readonly server: string;
  readonly apiKey: string;
  /** Another `fetch`, for tests. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Prepares the calls of a host back end. */
export function createSender(options: SenderOptions): Sender {
  const { server, apiKey, fetch } = options;
  return {
    http: ky.create({
      prefixUrl: new URL(server).origin,
      headers: { authorization: `Bearer ${apiKey}` },
      timeout: 60_000,
      ...(fetch ? { fetch } : {}),
    }),
  };
}

/** Runs one call and translates what it throws. */
export async function asSender<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw await translateError(error, what);
  }
}

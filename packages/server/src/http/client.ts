import type { Context } from 'hono';
import type { Services } from '../services.js';

/** From where a request comes; what the log keeps of a person's device. A type, so that it fits where values by name are wanted. */
export type Client = {
  readonly address: string;
  readonly userAgent: string;
};

const longestUserAgent = 300;

export function clientOf({ clientAddress }: Services, c: Context): Client {
  return { address: clientAddress(c.req.raw, c.env), userAgent: (c.req.header('User-Agent') ?? '').slice(0, longestUserAgent) };
}

import { fetchTransport } from '@sky-sign/pades';
import { developmentAuthority } from '../development/create-development-services.js';
import type { Services } from '../services.js';
import { createEgress } from './egress.js';

export interface NetworkOptions {
  /** May hold `user:password@`, which goes into a header. */
  readonly tsaUrl: string;
  readonly egressAllow: readonly string[];
  /** Where the development authority answers; its certificates name an address that nobody has. */
  readonly authority: string | undefined;
}

/** Who is asked for timestamps and for the status of certificates. */
export function createNetwork({ tsaUrl, egressAllow, authority }: NetworkOptions): Pick<Services, 'timestamp' | 'status' | 'egress'> {
  const { url, credentials } = readTsa(tsaUrl);
  const egress = createEgress({ allow: egressAllow, own: authority === undefined ? [url] : [url, authority] });
  const fetch = (input: URL, init?: RequestInit): Promise<Response> => {
    const isDevelopment = authority !== undefined && input.origin === developmentAuthority;
    return egress(isDevelopment ? new URL(input.pathname, authority) : input, init);
  };
  const { timestamp, ocsp, crl } = fetchTransport({ tsa: { url, ...(credentials && { credentials }) }, fetch: fetch as typeof globalThis.fetch });
  // No `certificate`: what a certificate says about its issuer is not followed before it leads to an anchor.
  return { timestamp, status: { ocsp, crl }, egress: createEgress({ allow: egressAllow }) };
}

/** The address without its user and password, which never appear in a message or a log. */
export function readTsa(tsaUrl: string): { readonly url: string; readonly credentials: { readonly username: string; readonly password: string } | undefined } {
  const url = new URL(tsaUrl);
  const [username, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = '';
  url.password = '';
  return { url: url.href, credentials: username === '' ? undefined : { username, password } };
}

import ipaddr from 'ipaddr.js';
import { isPageOrigin } from './origin.js';

/** What API keys may be made for. */
export const scopes = ['documents:write', 'envelopes:read', 'envelopes:write', 'embed', 'webhooks', 'audit:read'] as const;
export type Scope = (typeof scopes)[number];

/** What a key may do. */
export interface Grants {
  /** `*` is all of them. */
  readonly scopes: readonly string[];
  /** Networks (CIDR) that it may come from; none: from anywhere. */
  readonly networks: readonly string[];
  /** Origins that embed tokens may be made for; `*`: any. */
  readonly origins: readonly string[];
  /** Milliseconds since 1970; absent: until it is revoked. */
  readonly expiresAt?: number;
}

/** For development and tests; a key that was made before there were grants has them, too. */
export const everything: Grants = { scopes: ['*'], networks: [], origins: ['*'] };

export const hasScope = (granted: readonly string[], scope: Scope): boolean => granted.includes('*') || granted.includes(scope);
export const hasOrigin = (granted: readonly string[], origin: string): boolean => granted.includes('*') || granted.includes(origin);

/** Whether an address is in one of the networks; without networks, always. */
export function isWithin(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some((network) => {
    const [base, bits] = parseNetwork(network);
    return base.kind() === parsed.kind() && parsed.match(base, bits);
  });
}

/** What is wrong with grants that somebody typed, in words; `undefined` where nothing is. */
export function grantsProblem(grants: Grants): string | undefined {
  const scope = grants.scopes.find((each) => each !== '*' && !(scopes as readonly string[]).includes(each));
  if (scope !== undefined) return `There is no scope "${scope}"; there are ${scopes.join(', ')}.`;
  if (grants.scopes.length === 0) return 'A key without a scope opens nothing.';
  const network = grants.networks.find((each) => !isNetwork(each));
  if (network !== undefined) return `"${network}" is no network; write it as 10.20.0.0/16.`;
  const origin = grants.origins.find((each) => each !== '*' && !isPageOrigin(each));
  return origin === undefined ? undefined : `"${origin}" is no origin; write it as https://portal.example.`;
}

const parseNetwork = (text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] => ipaddr.parseCIDR(text.includes('/') ? text : `${text}/${text.includes(':') ? '128' : '32'}`);

function isNetwork(text: string): boolean {
  try {
    parseNetwork(text);
    return true;
  } catch {
    return false;
  }
}

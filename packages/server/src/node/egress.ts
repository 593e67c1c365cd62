import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, fetch as undiciFetch } from 'undici';

export interface EgressOptions {
  /** CIDR blocks that may be reached although they are not public: `10.20.0.0/16`. */
  readonly allow?: readonly string[];
  /** Addresses that the operator configured: their hosts are reached wherever they are. */
  readonly own?: readonly string[];
  /** For tests: another resolver. */
  readonly resolve?: typeof lookup;
}

/**
 * `fetch` for addresses that others chose (in certificates, as webhooks): it connects to the very address that it has
 * checked, so that a name cannot change its mind in between, and only to public ones. Redirects are refused.
 */
export function createEgress({ allow = [], own = [], resolve = lookup }: EgressOptions = {}): typeof globalThis.fetch {
  const blocks = allow.map((cidr) => ipaddr.parseCIDR(cidr));
  const mayReach = (address: string): boolean => {
    const parsed = ipaddr.process(address);
    return parsed.range() === 'unicast' || blocks.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
  };
  const checked = new Agent({
    connect: {
      lookup: (host, options, callback) => {
        resolve(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
          const reachable = error ? [] : addresses.filter(({ address }) => mayReach(address));
          const [first] = reachable;
          if (!first) callback(error ?? refusal(host), '', 0);
          else if (options.all) callback(null, reachable);
          else callback(null, first.address, first.family);
        });
      },
    },
  });
  const free = new Agent();
  const ownOrigins = new Set(own.map((url) => new URL(url).origin));
  const egress = (input: string | URL, init: Parameters<typeof undiciFetch>[1]): ReturnType<typeof undiciFetch> => {
    const { hostname, origin } = new URL(input);
    const isOwn = ownOrigins.has(origin);
    const literal = hostname.replace(/^\[|\]$/gu, '');
    // A name is looked up and checked when it is connected to; an address is not looked up at all.
    if (!isOwn && isIP(literal) !== 0 && !mayReach(literal)) return Promise.reject(refusal(hostname));
    return undiciFetch(input, { ...init, redirect: 'error', dispatcher: isOwn ? free : checked });
  };
  return egress as unknown as typeof globalThis.fetch;
}

const refusal = (host: string): Error => new Error(`${host} is not a public address: EGRESS_ALLOW names the networks that may be reached.`);

import ipaddr from 'ipaddr.js';
import type { Services } from '../services.js';

/**
 * The address of the connection; where that is a trusted proxy, the one that it says it got the request from, and so on
 * backwards through `X-Forwarded-For`. What stands before an address that is not trusted was written by anybody.
 */
export function clientAddressBehind(trustedProxies: readonly string[]): Services['clientAddress'] {
  const blocks = trustedProxies.map((cidr) => ipaddr.parseCIDR(cidr));
  const isTrusted = (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return blocks.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
  };
  return (request, env) => {
    const { incoming } = env as { incoming?: { socket?: { remoteAddress?: string } } };
    let address = plain(incoming?.socket?.remoteAddress ?? '');
    const hops = (request.headers.get('X-Forwarded-For') ?? '').split(',').map((hop) => hop.trim());
    while (hops.length > 0 && isTrusted(address)) {
      const before = hops.pop() ?? '';
      if (!ipaddr.isValid(before)) break;
      address = plain(before);
    }
    return address;
  };
}

/** `::ffff:192.0.2.7` is 192.0.2.7. */
const plain = (address: string): string => (ipaddr.isValid(address) ? ipaddr.process(address).toString() : address);

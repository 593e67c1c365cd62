import { createRevocationList } from './crl.js';
import { createOcspResponder, serialNumberOf, type TestStatus } from './ocsp-responder.js';
import type { TestIdentity, TestPki } from './test-pki.js';
import { createTsa } from './tsa.js';

export interface TestNetworkOptions {
  readonly crypto: Crypto;
  readonly pki: Pick<TestPki, 'root' | 'issuing'>;
  readonly tsa: TestIdentity;
  /** A delegated OCSP responder of the issuing authority; the authority itself by default. */
  readonly responder?: TestIdentity;
  readonly now?: () => Date;
}

/** What the authorities of a test PKI answer to the outside, each function by address. */
export interface TestNetwork {
  timestamp(request: Uint8Array): Promise<Uint8Array>;
  ocsp(url: string, request: Uint8Array): Promise<Uint8Array>;
  crl(url: string): Promise<Uint8Array>;
  certificate(url: string): Promise<Uint8Array>;
  revoke(certificate: Uint8Array, at?: Date): void;
  /** `timestamp`, or the kind and the address of each question, in order. */
  readonly asked: readonly string[];
}

/** Answers the addresses that a `createTestPki` with a `baseUrl` writes into certificates. No socket is opened. */
export function createTestNetwork({ crypto, pki, tsa, responder, now = () => new Date() }: TestNetworkOptions): TestNetwork {
  const asked: string[] = [];
  const revoked = new Map<string, Date>();
  const statusOf = (serial: string): TestStatus => {
    const revokedAt = revoked.get(serial);
    return revokedAt ? { revokedAt, reason: 1 } : 'good';
  };
  const authorities = { root: pki.root, issuing: pki.issuing };
  const responders = {
    root: createOcspResponder({ crypto, issuer: pki.root, statusOf, now }),
    issuing: createOcspResponder({ crypto, issuer: pki.issuing, ...(responder && { responder }), statusOf, now }),
  };
  const stamp = createTsa({ crypto, ...tsa, now });

  const named = (kind: string, url: string): 'root' | 'issuing' => {
    asked.push(`${kind} ${url}`);
    const name = /\/(root|issuing)(?:\.\w+)?$/.exec(url)?.[1];
    if (name !== 'root' && name !== 'issuing') throw new Error(`nobody answers at ${url}`);
    return name;
  };

  return {
    asked,
    revoke: (certificate, at = now()) => void revoked.set(serialNumberOf(certificate), at),
    timestamp: async (request) => {
      asked.push('timestamp');
      return stamp(request);
    },
    ocsp: async (url, request) => responders[named('ocsp', url)](request),
    crl: async (url) => createRevocationList({ crypto, issuer: authorities[named('crl', url)], revoked, now }),
    certificate: async (url) => authorities[named('certificate', url)].certificate,
  };
}

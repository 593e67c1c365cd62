import { webCryptoHash } from '@sky-sign/pades';
import type { TimestampFunction } from '@sky-sign/pades';
import { createTestNetwork, createTestPki } from '@sky-sign/testkit';
import type { TestIdentity, TestNetwork, TestPki } from '@sky-sign/testkit';
import { createHeavy } from '../heavy/heavy.js';
import { importMasterKey, openKeyRing } from '../keys/key-ring.js';
import { startWorker } from '../outbox/worker.js';
import type { Worker } from '../outbox/worker.js';
import { defaultLimits } from '../services.js';
import type { Services } from '../services.js';
import { createMemoryStore } from '../store/memory-store.js';

export interface DevelopmentOptions extends Partial<Omit<Services, 'keys' | 'wake' | 'signer' | 'anchors'>> {
  readonly crypto: Crypto;
  readonly publicOrigins: Services['publicOrigins'];
  readonly font: Services['font'];
  /** Instead of authorities made now; its `Crypto` must be the same. */
  readonly pki?: TestPki;
  /** Instead of an operator made now. */
  readonly identity?: { readonly root: Uint8Array; readonly operator: TestIdentity };
  /** 32 bytes; random where absent, which is right for a store that is new. */
  readonly masterKey?: Uint8Array;
  /** Puts something between us and the timestamp authority: a failure, a delay. */
  readonly aroundTimestamp?: (stamp: TimestampFunction) => TimestampFunction;
  /** Whether the outbox is worked off by itself; else call `runDue`. */
  readonly worker?: boolean;
}

export interface DevelopmentServices {
  readonly services: Services;
  /** DER; what a validator of this server's files has to trust. */
  readonly root: Uint8Array;
  stop(): Promise<void>;
}

/** Everything that the app needs, made in memory: a store, keys, authorities and a timestamp authority that nobody should trust. */
export async function createDevelopmentServices({ worker: works = true, pki, identity, masterKey: rawKey, aroundTimestamp = (stamp) => stamp, ...options }: DevelopmentOptions): Promise<DevelopmentServices> {
  const { crypto } = options;
  const { root, operator, network } = await makeTrust(crypto, { pki, identity, now: options.now });
  const store = options.store ?? createMemoryStore();
  const masterKey = await importMasterKey(crypto, rawKey ?? crypto.getRandomValues(new Uint8Array(32)));
  let worker: Worker | undefined;
  const services: Services = {
    hash: webCryptoHash(crypto),
    now: Date.now,
    timestamp: aroundTimestamp(network.timestamp),
    status: network,
    limits: defaultLimits,
    patienceMs: 5_000,
    leaseMs: 30_000,
    egress: (...call) => fetch(...call),
    log: () => undefined,
    clientAddress: () => '',
    heavy: createHeavy({ crypto, hash: options.hash ?? webCryptoHash(crypto), font: options.font }),
    ...options,
    store,
    keys: await openKeyRing({ crypto, store, masterKey }),
    signer: { crypto, key: operator.key, certificate: operator.certificate, chain: operator.chain },
    anchors: [root],
    wake: () => worker?.wake(),
  };
  worker = works ? startWorker(services) : undefined;
  return {
    services,
    root,
    async stop() {
      await worker?.stop();
      await store.close();
    },
  };
}

interface Trust {
  readonly root: Uint8Array;
  readonly operator: TestIdentity;
  readonly network: TestNetwork;
}

/** Certificates of development name this as the place to ask; nobody has it, so the question goes to the authority at hand. */
export const developmentAuthority = 'http://authority.invalid';

async function makeTrust(crypto: Crypto, { pki: given, identity, now }: Pick<{ [K in keyof DevelopmentOptions]: DevelopmentOptions[K] | undefined }, 'pki' | 'identity' | 'now'>): Promise<Trust> {
  const pki = given ?? (await createTestPki({ crypto, organization: 'sky-sign development, do not trust', baseUrl: developmentAuthority }));
  const tsa = await pki.issue({ commonName: 'sky-sign development TSA', usage: 'tsa' });
  const network = createTestNetwork({ crypto, pki, tsa, ...(now && { now: () => new Date(now()) }) });
  if (identity) return { ...identity, network };
  return { root: pki.root.certificate, operator: await pki.issue({ commonName: 'sky-sign development operator', usage: 'signer' }), network };
}

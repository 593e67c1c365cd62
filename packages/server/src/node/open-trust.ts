import path from 'node:path';
import type { Logger } from 'pino';
import type { Services } from '../services.js';
import type { Config } from './config.js';
import { openDevelopmentPki } from './development-pki.js';
import { readOperator } from './operator-key.js';
import { startTsa } from './start-tsa.js';
import type { RunningTsa } from './start-tsa.js';

export interface Trust extends Pick<Services, 'signer' | 'anchors'> {
  readonly tsaUrl: string;
  /** The development authority. */
  readonly tsa: RunningTsa | undefined;
  /** Path of the development root; empty where the operator brought their own. */
  readonly rootPem: string;
}

/** The operator's signer, the roots and the timestamp authority; what is not configured is made for development. */
export async function openTrust(crypto: globalThis.Crypto, config: Config, log: Logger): Promise<Trust> {
  if (config.operator && config.tsaUrl !== undefined) {
    return { ...(await readOperator(config.operator)), tsaUrl: config.tsaUrl, tsa: undefined, rootPem: '' };
  }
  const folder = path.join(config.dataDir, 'pki');
  const { pki, made } = await openDevelopmentPki(crypto, folder);
  log.warn({ pki: made ? 'made' : 'opened' }, 'DEVELOPMENT keys: signatures made here are worth nothing outside');
  const own = config.operator ? await readOperator(config.operator) : undefined;
  const tsa = await startTsa(config);
  if (tsa.pid === 0) log.warn({ tsa: tsa.url }, 'the port of the development TSA is taken: what listens there is asked for timestamps');
  return {
    signer: own?.signer ?? { crypto, key: pki.operator.key, certificate: pki.operator.certificate, chain: pki.operator.chain },
    anchors: [...(own?.anchors ?? []), pki.root.certificate],
    tsaUrl: config.tsaUrl ?? tsa.url,
    tsa,
    rootPem: path.join(folder, 'root.pem'),
  };
}

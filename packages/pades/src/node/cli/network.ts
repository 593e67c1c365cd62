import { readFile } from 'node:fs/promises';
import type { TimestampOptions } from '../../cms/timestamp.js';
import type { LongTermOptions } from '../../ltv/augment-pdf.js';
import { fetchTransport } from '../../network/fetch-transport.js';
import { UsageError, readHashName, type Options } from './arguments.js';
import { decodePem } from './load-signer.js';

/** The timestamp authority and the status services, as the command line names them. */
export async function connect(options: Options): Promise<{ timestamp: TimestampOptions | undefined; longTerm: LongTermOptions }> {
  const { tsa: url, 'tsa-policy': policy, 'tsa-hash': hashName, 'tsa-user': username, 'tsa-password-file': passwordFile } = options;
  const password = passwordFile === undefined ? '' : ((await readFile(passwordFile, 'utf8')).split(/\r?\n/)[0] ?? '');
  const headers = Object.fromEntries((options['tsa-header'] ?? []).map(readHeader));
  const network = fetchTransport(url === undefined ? {} : { tsa: { url, headers, ...(username !== undefined && { credentials: { username, password } }) } });
  const hash = readHashName(hashName);
  const anchors = options.trust && (await readCertificates(options.trust));
  const certificates = options.certificates === undefined ? undefined : await readCertificates([options.certificates]);
  return {
    timestamp: url === undefined ? undefined : { request: network.timestamp, ...(policy !== undefined && { policy }), ...(hash && { hash }), ...(anchors && { anchors }) },
    longTerm: { network, ...(anchors && { anchors }), ...(certificates && { certificates }) },
  };
}

/** DER of every certificate in PEM files. */
export async function readCertificates(files: readonly string[]): Promise<Uint8Array[]> {
  return (await Promise.all(files.map(async (file) => decodePem(await readFile(file, 'utf8'))))).flat();
}

function readHeader(header: string): readonly [string, string] {
  const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(header) ?? [];
  if (name === undefined || value === undefined) throw new UsageError(`--tsa-header ${header} is not "NAME: VALUE"`);
  return [name, value];
}

import { requestTimestamp } from '@sky-sign/pades';
import { Crypto } from '@peculiar/webcrypto';
import { readConfig } from '../config.js';
import type { Config } from '../config.js';
import { createNetwork, readTsa } from '../network.js';
import { openData } from '../open-data.js';
import { readOperator } from '../operator-key.js';
import { createSmtp } from '../smtp.js';
import type { Command } from './command.js';

type Verdict = readonly ['good' | 'warning' | 'bad', string];

/** A clock that differs more from the timestamp authority's than this is worth a word; from five minutes on nothing is sealed. */
const clockWarningMs = 30_000;
const certificateWarningDays = 60;

export const check: Command = {
  usage: 'check',
  about: 'prints the settings without secrets, and tries everything that they name',
  async run(_words, { env, out }) {
    const config = readConfig(env);
    for (const [name, value] of Object.entries(settingsOf(config))) out(`${name.padEnd(22)}${value}`);
    const verdicts: Verdict[] = [await checkData(config), ...(await checkSigning(config)), await checkMail(config), ...checkSafety(config)];
    out('');
    for (const [verdict, text] of verdicts) out(`${verdict.padEnd(9)}${text}`);
    return verdicts.some(([verdict]) => verdict === 'bad') ? 1 : 0;
  },
};

function settingsOf({ production, host, port, publicOrigins, dataDir, masterKey, tsaUrl, operator, smtp, egressAllow, trustedProxies, clamd, threads, limits }: Config): Record<string, string> {
  return {
    mode: production ? 'production' : 'development',
    listens: `${host}:${String(port)}`,
    PUBLIC_URL: publicOrigins.join(', '),
    DATA_DIR: dataDir,
    MASTER_KEY: masterKey === undefined ? 'a development one' : 'set',
    TSA_URL: tsaUrl === undefined ? 'a development one' : readTsa(tsaUrl).url,
    operator: operator === undefined ? 'a development one' : 'set',
    SMTP_URL: smtp === undefined ? 'none: mails stay in the outbox' : new URL(smtp.url).host,
    MAIL_FROM: smtp?.from ?? '',
    EGRESS_ALLOW: egressAllow.join(', '),
    TRUSTED_PROXIES: trustedProxies.join(', '),
    CLAMD: clamd ?? 'none: uploads are not scanned',
    WORKERS: String(threads),
    limits: `${String(limits.documentBytes)} bytes a document, ${String(limits.envelopeBytes)} bytes and ${String(limits.envelopeDocuments)} documents an envelope`,
  };
}

async function checkData(config: Config): Promise<Verdict> {
  try {
    const { store } = await openData(config);
    await store.close();
    return ['good', 'The database opens with MASTER_KEY.'];
  } catch (error) {
    return ['bad', `The database: ${textOf(error)}`];
  }
}

/** The operator's files, and a real timestamp with them. */
async function checkSigning({ operator, tsaUrl, tsaAccredited, egressAllow }: Config): Promise<Verdict[]> {
  if (!operator || tsaUrl === undefined) return [['warning', 'Signatures are made with development keys: they are worth nothing outside.']];
  const crypto = new Crypto() as unknown as globalThis.Crypto;
  try {
    const { anchors, notAfter } = await readOperator(operator);
    const daysLeft = Math.floor((notAfter.getTime() - Date.now()) / 86_400_000);
    const { timestamp } = createNetwork({ tsaUrl, egressAllow, authority: undefined });
    const { time } = await requestTimestamp(crypto, new Uint8Array(32), { request: timestamp, anchors });
    const apart = Math.abs(time.getTime() - Date.now());
    return [
      ['good', 'The operator\'s key, certificate and roots fit, and the timestamp authority answers.'],
      ...(daysLeft < certificateWarningDays ? [['warning', `The operator's certificate ends in ${String(daysLeft)} days.`] as const] : []),
      ...(apart > clockWarningMs ? [['warning', `This machine's clock and the authority's differ by ${String(Math.round(apart / 1000))} s; from 300 s on nothing is sealed.`] as const] : []),
      ...(tsaAccredited ? [] : [['warning', 'TSA_ACCREDITED is not "yes": the Japanese Electronic Books Act (電子帳簿保存法) wants an accredited timestamp (認定タイムスタンプ).'] as const]),
    ];
  } catch (error) {
    return [['bad', `Signing: ${textOf(error)}`]];
  }
}

async function checkMail({ smtp }: Config): Promise<Verdict> {
  if (!smtp) return ['warning', 'No mail leaves this machine.'];
  const server = createSmtp(smtp);
  try {
    return (await server.check()) ? ['good', 'The mail server answers.'] : ['bad', 'The mail server does not answer, or refuses the password.'];
  } finally {
    server.close();
  }
}

function checkSafety({ production, publicOrigins }: Config): Verdict[] {
  const plain = publicOrigins.filter((origin) => origin.startsWith('http:') && !/^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|$)/u.test(origin));
  return plain.length > 0 ? [[production ? 'bad' : 'warning', `PUBLIC_URL: ${plain.join(', ')} is not https: access codes would cross the network in the open.`]] : [];
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

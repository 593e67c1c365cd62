import path from 'node:path';
import ipaddr from 'ipaddr.js';
import * as v from 'valibot';
import { defaultLimits } from '../services.js';

/** Why the server does not start, in words for the person at the terminal. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

const port = (what: string) =>
  v.pipe(v.string(), v.regex(/^\d+$/u, `${what} must be a port number`), v.transform(Number), v.maxValue(65535, `${what} must be at most 65535`));
const url = (what: string) => v.pipe(v.string(), v.url(`${what} must be an address such as https://sign.example`));
const bytes = (what: string) => v.pipe(v.string(), v.regex(/^\d+$/u, `${what} must be a number of bytes`), v.transform(Number), v.minValue(1024, `${what} must be at least 1024`));
const cidrs = (what: string) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.split(',').map((each) => each.trim()).filter((each) => each !== '')),
    v.check((blocks) => blocks.every((block) => ipaddr.isValidCIDR(block)), `${what} must be networks such as 10.20.0.0/16, separated by commas`),
  );
const masterKey = v.pipe(
  v.string(),
  v.check((text) => /^[A-Za-z0-9+/_-]{43}=?$/u.test(text), 'MASTER_KEY must be 32 random bytes in base64: openssl rand -base64 32'),
);

const environment = v.object({
  NODE_ENV: v.optional(v.string(), 'development'),
  PORT: v.optional(port('PORT'), '8787'),
  HOST: v.optional(v.string(), '127.0.0.1'),
  /** Where people reach the server; several, separated by commas, the first goes into links. */
  PUBLIC_URL: v.optional(v.string()),
  DATA_DIR: v.optional(v.string(), './data'),
  MASTER_KEY: v.optional(masterKey),
  TSA_URL: v.optional(url('TSA_URL')),
  TSA_PORT: v.optional(port('TSA_PORT')),
  /** `yes` where the authority's timestamps are accredited ones (認定タイムスタンプ). */
  TSA_ACCREDITED: v.optional(v.picklist(['yes', 'no'], 'TSA_ACCREDITED must be yes or no'), 'no'),
  /** CIDR blocks, separated by commas, that certificates may send us to although they are not public. */
  EGRESS_ALLOW: v.optional(cidrs('EGRESS_ALLOW'), ''),
  /** CIDR blocks of proxies whose `X-Forwarded-For` is believed. */
  TRUSTED_PROXIES: v.optional(cidrs('TRUSTED_PROXIES'), ''),
  /** Threads that read uploads and draw. */
  WORKERS: v.optional(v.pipe(v.string(), v.regex(/^\d{1,2}$/u, 'WORKERS must be a number from 2 to 16'), v.transform(Number), v.minValue(2, 'WORKERS must be at least 2'), v.maxValue(16, 'WORKERS must be at most 16')), '2'),
  /** ClamAV daemon that every upload is shown to: `host:port`, or the path of its socket. */
  CLAMD: v.optional(v.pipe(v.string(), v.regex(/^(?:[^:/\s]+:\d{1,5}|(?:unix:)?\/\S+)$/u, 'CLAMD must be host:port or the path of a socket'))),
  /** PEM files of the operator: its key (PKCS#8), its certificate with the chain, and the roots that it leads to. */
  OPERATOR_KEY: v.optional(v.string()),
  OPERATOR_CERTIFICATE: v.optional(v.string()),
  /** Instead of the two: a PKCS#12 file. */
  OPERATOR_P12: v.optional(v.string()),
  /** The first line of this file opens the PKCS#12 file or the PEM key. */
  OPERATOR_PASSWORD_FILE: v.optional(v.string()),
  TRUST_ANCHORS: v.optional(v.string()),
  /** Mail server and the address that mails come from. */
  SMTP_URL: v.optional(v.pipe(v.string(), v.regex(/^smtps?:\/\//u, 'SMTP_URL must begin with smtps:// or smtp://'))),
  MAIL_FROM: v.optional(v.pipe(v.string(), v.regex(/^[^\r\n]*\S+@\S+$/u, 'MAIL_FROM must be an address such as 電子契約 <no-reply@sign.example>'))),
  MAX_DOCUMENT_BYTES: v.optional(bytes('MAX_DOCUMENT_BYTES')),
  MAX_ENVELOPE_BYTES: v.optional(bytes('MAX_ENVELOPE_BYTES')),
  /** Hours that an upload waits for an envelope before it is removed. */
  UNUSED_UPLOAD_HOURS: v.optional(v.pipe(v.string(), v.regex(/^\d{1,5}$/u, 'UNUSED_UPLOAD_HOURS must be a number of hours'), v.transform(Number), v.minValue(1, 'UNUSED_UPLOAD_HOURS must be at least 1'))),
  /** Folders that are served under `/assets/`, separated by commas: the element lies there. */
  ASSETS: v.optional(v.string(), ''),
  LOG_LEVEL: v.optional(v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent'), 'info'),
});

/** Every setting that there is; `docs/deploy.md` explains each. */
export const settingNames = Object.keys(environment.entries);

export interface OperatorFiles {
  readonly key: string | undefined;
  readonly certificate: string | undefined;
  readonly p12: string | undefined;
  readonly passwordFile: string | undefined;
  readonly anchors: string;
}

export interface Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  readonly publicOrigins: readonly [string, ...string[]];
  readonly dataDir: string;
  readonly masterKey: string | undefined;
  readonly tsaUrl: string | undefined;
  readonly tsaPort: number;
  readonly tsaAccredited: boolean;
  readonly egressAllow: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly threads: number;
  readonly clamd: string | undefined;
  readonly operator: OperatorFiles | undefined;
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
  readonly assets: readonly string[];
  readonly limits: typeof defaultLimits;
  readonly logLevel: string;
}

/** Reads the environment once; every wrong value is named with what it should be. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const output = readEnvironment(env);
  const production = output.NODE_ENV === 'production';
  const operator = operatorFiles(output);
  if (production) refuseDefaults(output);
  if ((output.SMTP_URL === undefined) !== (output.MAIL_FROM === undefined)) throw new StartError('SMTP_URL and MAIL_FROM belong together: give both.');
  const documentBytes = output.MAX_DOCUMENT_BYTES ?? defaultLimits.documentBytes;
  return {
    production,
    port: output.PORT,
    host: output.HOST,
    publicOrigins: publicOrigins(output.PUBLIC_URL, { port: output.PORT, production }),
    dataDir: path.resolve(output.DATA_DIR),
    masterKey: output.MASTER_KEY,
    tsaUrl: output.TSA_URL,
    tsaPort: output.TSA_PORT ?? output.PORT + 1,
    tsaAccredited: output.TSA_ACCREDITED === 'yes',
    egressAllow: output.EGRESS_ALLOW,
    trustedProxies: output.TRUSTED_PROXIES,
    threads: output.WORKERS,
    clamd: output.CLAMD,
    operator,
    smtp: output.SMTP_URL !== undefined && output.MAIL_FROM !== undefined ? { url: output.SMTP_URL, from: output.MAIL_FROM } : undefined,
    limits: {
      ...defaultLimits,
      documentBytes,
      envelopeBytes: output.MAX_ENVELOPE_BYTES ?? Math.max(defaultLimits.envelopeBytes, documentBytes),
      ...(output.UNUSED_UPLOAD_HOURS !== undefined && { unusedUploadMs: output.UNUSED_UPLOAD_HOURS * 3_600_000 }),
    },
    assets: output.ASSETS.split(',').map((each) => each.trim()).filter((each) => each !== ''),
    logLevel: output.LOG_LEVEL,
  };
}

/** What commands need that only look after the database. */
export function readDataConfig(env: Readonly<Record<string, string | undefined>>): Pick<Config, 'dataDir' | 'masterKey'> {
  const { NODE_ENV, DATA_DIR, MASTER_KEY } = readEnvironment(env);
  if (NODE_ENV === 'production' && MASTER_KEY === undefined) throw new StartError('NODE_ENV=production needs MASTER_KEY.');
  return { dataDir: path.resolve(DATA_DIR), masterKey: MASTER_KEY };
}

function readEnvironment(env: Readonly<Record<string, string | undefined>>): v.InferOutput<typeof environment> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = v.safeParse(environment, given);
  if (!result.success) throw new StartError(result.issues.map(({ message }) => message).join('\n'));
  return result.output;
}

/** Development keys are for development: in production nothing is made up. */
function refuseDefaults(output: v.InferOutput<typeof environment>): void {
  const key = output.OPERATOR_P12 === undefined ? (['OPERATOR_KEY', 'OPERATOR_CERTIFICATE'] as const) : [];
  const needed = ['MASTER_KEY', 'TSA_URL', ...key, 'TRUST_ANCHORS', 'PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM'] as const;
  const missing = needed.filter((name) => output[name] === undefined);
  if (missing.length > 0) throw new StartError(`NODE_ENV=production needs ${missing.join(', ')}. Development keys and a development TSA are never used in production.`);
}

function operatorFiles({ OPERATOR_KEY: key, OPERATOR_CERTIFICATE: certificate, OPERATOR_P12: p12, OPERATOR_PASSWORD_FILE: passwordFile, TRUST_ANCHORS: anchors }: v.InferOutput<typeof environment>): OperatorFiles | undefined {
  if ([key, certificate, p12, passwordFile, anchors].every((file) => file === undefined)) return undefined;
  if (p12 !== undefined && (key ?? certificate) !== undefined) throw new StartError('OPERATOR_P12 holds key and certificate: give it, or OPERATOR_KEY and OPERATOR_CERTIFICATE.');
  const isWhole = anchors !== undefined && (p12 !== undefined || (key !== undefined && certificate !== undefined));
  if (!isWhole) throw new StartError('OPERATOR_KEY, OPERATOR_CERTIFICATE and TRUST_ANCHORS belong together: give all three, or OPERATOR_P12 and TRUST_ANCHORS.');
  return { key, certificate, p12, passwordFile, anchors };
}

const local = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|$)/u;

function publicOrigins(text: string | undefined, { port, production }: { port: number; production: boolean }): [string, ...string[]] {
  const urls = text?.split(',').map((each) => each.trim()) ?? [`http://localhost:${String(port)}`, `http://127.0.0.1:${String(port)}`];
  const [first, ...rest] = urls.map((each) => {
    if (!URL.canParse(each)) throw new StartError(`PUBLIC_URL: "${each}" is no address. Give one such as https://sign.example.`);
    const { origin, protocol } = new URL(each);
    if (protocol !== 'https:' && protocol !== 'http:') throw new StartError(`PUBLIC_URL: "${each}" is not https.`);
    if (production && protocol === 'http:' && !local.test(origin)) throw new StartError(`PUBLIC_URL: ${origin} is not https, so access codes would cross the network in the open. Put a proxy with TLS in front and give its address.`);
    return origin;
  });
  if (first === undefined) throw new StartError('PUBLIC_URL is empty.');
  return [first, ...rest];
}

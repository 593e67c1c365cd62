import process from 'node:process';
import { readAnchors } from '../../cms/path.js';
import type { Locale } from '../../describe/description.js';
import { describeReport } from '../../describe/describe-report.js';
import { fetchTransport } from '../../network/fetch-transport.js';
import type { PdfReport } from '../../validate/report.js';
import { validatePdf } from '../../validate/validate-pdf.js';
import { fileSource } from '../file-source.js';
import { UsageError, passwordOf, readChoice, readTime, type Options } from './arguments.js';
import { readCertificates } from './network.js';
import { hashWithProgress, type Console } from './output.js';

const POLICIES = ['none', 'soft', 'require'] as const;
/** For each address that a certificate names. */
const PATIENCE = { timeout: 10_000, retries: 1 } as const;

export async function validateCommand([input = '']: readonly string[], options: Options, console: Console): Promise<PdfReport> {
  const revocation = readChoice(options.revocation, POLICIES) ?? 'soft';
  const at = options.at === undefined ? undefined : readTime(options.at);
  const anchors = await readTrust(options.trust);
  const asks = !options.offline && revocation !== 'none';
  const source = await fileSource(input);
  try {
    return await validatePdf(source, {
      ...passwordOf(options),
      anchors,
      hash: hashWithProgress(console),
      crypto: globalThis.crypto,
      revocation,
      ...(at && { at }),
      ...(asks && { network: fetchTransport(PATIENCE) }),
    });
  } finally {
    await source.close();
  }
}

async function readTrust(files: readonly string[] | undefined): Promise<Uint8Array[]> {
  if (!files) throw new UsageError('validate needs --trust: nothing is valid without a root certificate');
  for (const file of files) {
    if (readAnchors(await readCertificates([file])).length === 0) throw new UsageError(`--trust ${file} holds no certificate that can be read`);
  }
  return readCertificates(files);
}

/** The report for people, in Japanese where the environment is. */
export function validationText(report: PdfReport, locale: Locale = localeOf(process.env)): string {
  const { document, signatures } = describeReport(report, { locale });
  const entries = [document, ...signatures.map(({ field, title, lines }) => ({ title: `${field}: ${title}`, lines }))];
  return entries.map(({ title, lines }) => `${[title, ...lines.map(({ text }) => `  ${text}`)].join('\n')}\n`).join('\n');
}

/** As POSIX has it: the first of these that says something. */
const localeOf = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Locale => (/^ja(?![a-z])/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ja' : 'en');

import { parseArgs } from 'node:util';
import type { HashAlgorithm } from '../../hash.js';

/** Thrown for a command line that cannot be followed; ends in exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const SIGN = `  pades sign IN OUT (--p12 FILE --password-file FILE | --key PEM --cert PEM [--chain PEM])
       [--level B-B|B-T|B-LT|B-LTA] [--tsa URL] [--field NAME] [--page N --rect x,y,w,h --image PNG]
       [--reason TEXT] [--location TEXT] [--name TEXT] [--certify] [--hash sha256|sha384|sha512] [--pss] [--no-repair]
`;
const AUGMENT = `  pades augment IN OUT --level B-T|B-LT|B-LTA --tsa URL
`;
const INSPECT = `  pades inspect IN
`;
const VALIDATE = `  pades validate IN --trust PEM [--trust PEM …] [--at TIME] [--revocation none|soft|require] [--offline]
`;
const EVERY = `every command: --json, --help, --pdf-password TEXT (of an encrypted IN)
`;
const NETWORK_HELP = `  --trust PEM (roots that paths must reach), --certificates PEM (missing intermediates),
  --tsa-policy OID, --tsa-hash sha256|sha384|sha512, --tsa-user NAME --tsa-password-file FILE, --tsa-header 'NAME: VALUE'
`;
const SIGN_HELP = `  --password-file: its first line opens the PKCS#12 file, or the PEM key where that is encrypted
  --level: B-T where --tsa is given, else B-B
  --field: an empty signature field; without it a new one is made, seen only with --rect
  --rect counts in points from the lower left of the page as it is shown
  --no-repair: refuses a broken IN instead of rewriting it before its first signature
`;
const VALIDATE_HELP = `  --trust: the root certificates that count; several in one file, several files, or both
  --at: the time to judge at where no timestamp proves one, as 2026-11-22T09:00:00+09:00; the present without it
  --revocation: none asks nobody, soft (without the option) refuses what is known to be revoked, require wants an answer for every certificate
  --offline: only what the file itself carries; no connection is opened
exit codes: 0 every signature is valid, 1 not so, 2 could not find out
`;
const EXIT_CODES = `exit codes: 0 good, 1 refused, 2 could not
`;

export const USAGE = `usage:
${SIGN}${AUGMENT}${INSPECT}${VALIDATE}${EVERY}sign and augment:
${NETWORK_HELP}${EXIT_CODES}"pades sign --help" says more.
`;

const HELP: Readonly<Record<string, string>> = {
  sign: `usage:\n${SIGN}${SIGN_HELP}${NETWORK_HELP}${EVERY}${EXIT_CODES}`,
  augment: `usage:\n${AUGMENT}  A file at B-LTA is renewed.\n${NETWORK_HELP}${EVERY}${EXIT_CODES}`,
  inspect: `usage:\n${INSPECT}  shows revisions and what each changed, fields, signatures, the DSS, and what a signer should know\n${EVERY}${EXIT_CODES}`,
  validate: `usage:\n${VALIDATE}${VALIDATE_HELP}${EVERY}`,
};

/** How a command is used; all of them where it is none. */
export const helpFor = (command: string | undefined): string => HELP[command ?? ''] ?? USAGE;

const OPTIONS = {
  p12: { type: 'string' },
  'password-file': { type: 'string' },
  key: { type: 'string' },
  cert: { type: 'string' },
  chain: { type: 'string' },
  level: { type: 'string' },
  tsa: { type: 'string' },
  'tsa-policy': { type: 'string' },
  'tsa-hash': { type: 'string' },
  'tsa-user': { type: 'string' },
  'tsa-password-file': { type: 'string' },
  'tsa-header': { type: 'string', multiple: true },
  trust: { type: 'string', multiple: true },
  certificates: { type: 'string' },
  field: { type: 'string' },
  page: { type: 'string' },
  rect: { type: 'string' },
  image: { type: 'string' },
  reason: { type: 'string' },
  location: { type: 'string' },
  name: { type: 'string' },
  certify: { type: 'boolean' },
  hash: { type: 'string' },
  pss: { type: 'boolean' },
  'no-repair': { type: 'boolean' },
  at: { type: 'string' },
  revocation: { type: 'string' },
  offline: { type: 'boolean' },
  'pdf-password': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const COMMON = ['pdf-password', 'json', 'help'] as const;
const NETWORK = ['level', 'tsa', 'tsa-policy', 'tsa-hash', 'tsa-user', 'tsa-password-file', 'tsa-header', 'trust', 'certificates'] as const;
const VALIDATION = ['at', 'revocation', 'offline'] as const;
const ALLOWED: Readonly<Record<CommandLine['command'], readonly string[]>> = {
  help: [],
  sign: Object.keys(OPTIONS).filter((option) => !VALIDATION.some((other) => other === option)),
  augment: [...COMMON, ...NETWORK],
  inspect: COMMON,
  validate: [...COMMON, 'trust', ...VALIDATION],
};

export interface CommandLine {
  readonly command: 'sign' | 'augment' | 'inspect' | 'validate' | 'help';
  readonly files: readonly string[];
  readonly options: ReturnType<typeof parse>['values'];
}

export type Options = CommandLine['options'];

export function readArguments(args: readonly string[]): CommandLine {
  const { values: options, positionals } = tryParse(args);
  const [command, ...files] = positionals;
  if (options.help || command === undefined) return { command: 'help', files: positionals, options };
  if (command !== 'sign' && command !== 'augment' && command !== 'inspect' && command !== 'validate') throw new UsageError(`there is no command ${command}`);
  const expected = command === 'inspect' || command === 'validate' ? 1 : 2;
  if (files.length !== expected) throw new UsageError(`${command} takes ${expected === 1 ? 'one file' : 'two files, IN and OUT'}`);
  const wrong = Object.keys(options).find((option) => !ALLOWED[command].includes(option));
  if (wrong !== undefined) throw new UsageError(`${command} has no option --${wrong}`);
  return { command, files, options };
}

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });

function tryParse(args: readonly string[]): ReturnType<typeof parse> {
  const end = args.indexOf('--');
  for (const argument of end < 0 ? args : args.slice(0, end)) {
    const [, option] = /^--([^=]+)/.exec(argument) ?? [];
    if (option !== undefined && !(option in OPTIONS)) throw new UsageError(`there is no option --${option}${nearest(option)}`);
  }
  try {
    return parse(args);
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'the command line cannot be read');
  }
}

/** What may have been meant: an option that is at most two edits away. */
function nearest(option: string): string {
  const [best] = Object.keys(OPTIONS).map((name) => ({ name, edits: editsBetween(option, name) })).sort((a, b) => a.edits - b.edits);
  return best && best.edits <= 2 ? `; did you mean --${best.name}?` : '';
}

function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The password that an encrypted IN opens with. */
export const passwordOf = ({ 'pdf-password': password }: Options): { password?: string } => (password === undefined ? {} : { password });

const HASHES: Readonly<Record<string, HashAlgorithm>> = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' };

export function readHashName(value: string | undefined): HashAlgorithm | undefined {
  if (value === undefined) return undefined;
  const hash = HASHES[value];
  if (!hash) throw new UsageError(`${value} is none of sha256, sha384, sha512`);
  return hash;
}

export function readChoice<T extends string>(value: string | undefined, choices: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find((known) => known === value);
  if (!choice) throw new UsageError(`${value} is none of ${choices.join(', ')}`);
  return choice;
}

/** An ISO 8601 time; one without a zone is UTC. */
export function readTime(value: string): Date {
  const [, date, time = 'T00:00:00', zone = 'Z'] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(value) ?? [];
  const at = new Date(`${date ?? ''}${time}${zone}`);
  if (date === undefined || Number.isNaN(at.getTime())) throw new UsageError(`--at ${value} is no time as 2026-11-22T09:00:00+09:00`);
  return at;
}

/** Four numbers, parted by commas: left, bottom, width, height. */
export function readRect(value: string): readonly [number, number, number, number] {
  const numbers = value.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [x = 0, y = 0, width = 0, height = 0] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) throw new UsageError(`--rect ${value} is not x,y,w,h`);
  return [x, y, width, height];
}

import process from 'node:process';
import { isPadesError } from '../../errors.js';
import { removeUnfinished } from '../unfinished.js';
import { UsageError, helpFor, readArguments, type CommandLine } from './arguments.js';
import { augmentCommand } from './augment-command.js';
import { inspectCommand, inspectionText } from './inspect-command.js';
import type { Console } from './output.js';
import { reportAsJson } from './report-as-json.js';
import { signCommand } from './sign-command.js';
import { validateCommand, validationText } from './validate-command.js';

export type { Console } from './output.js';

const GOOD = 0;
const REFUSED = 1;
const COULD_NOT = 2;

/** The command line of this process; what it has not finished when it is interrupted does not stay. */
export async function main(): Promise<void> {
  const { stdout, stderr } = process;
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    process.once(signal, () => {
      removeUnfinished();
      process.exit(code);
    });
  }
  // Whoever reads along may stop reading.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  process.exitCode = await runCli(process.argv.slice(2), { out: (text) => void stdout.write(text), err: (text) => void stderr.write(text) });
}

/** Runs one command line and gives its exit code: 0 good, 1 refused (of `validate`: not valid), 2 could not. */
export async function runCli(args: readonly string[], console: Console): Promise<number> {
  let line: CommandLine | undefined;
  try {
    line = readArguments(args);
    if (line.command === 'help') {
      console.out(helpFor(line.files[0]));
      return args.length === 0 ? COULD_NOT : GOOD;
    }
    const { ok = true, result, text } = await runCommand(line, console);
    console.out(line.options.json ? `${JSON.stringify({ ok, ...result })}\n` : text);
    return ok ? GOOD : REFUSED;
  } catch (error) {
    const code = isPadesError(error) ? error.code : error instanceof UsageError ? 'usage' : 'failed';
    const message = messageOf(error);
    const command = line?.command ?? args.find((argument) => !argument.startsWith('-'));
    // A verdict of `validate` is printed; whatever it throws means that there is none.
    const isVerdict = command === 'validate';
    if (line?.options.json ?? args.includes('--json')) console.out(`${JSON.stringify({ ok: false, ...(isVerdict ? { error: { code, message } } : { code, message }) })}\n`);
    else console.err(`pades: ${message}${isPadesError(error) ? ` (${code})` : ''}\n${code === 'usage' ? helpFor(command) : ''}`);
    return isPadesError(error) && error.code !== 'transport_failed' && !isVerdict ? REFUSED : COULD_NOT;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'the permission is missing',
  EPERM: 'the permission is missing',
  EROFS: 'nothing can be written there',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ENOSPC: 'the disk is full',
};

/** What a person can act on; files by their names. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const reason = code === undefined ? undefined : REASONS[code];
  // Of the two files of a copy or a renaming it is the second that fails: the first was read before.
  return reason === undefined || path === undefined ? error.message : `${(dest ?? path).replace(/\.[\da-f-]{36}\.partial$/, '')}: ${reason}`;
}

interface Outcome {
  readonly ok?: boolean;
  readonly result: object;
  readonly text: string;
}

async function runCommand({ command, files, options }: CommandLine, console: Console): Promise<Outcome> {
  if (command === 'inspect') {
    const inspection = await inspectCommand(files, options);
    return { result: inspection, text: inspectionText(inspection) };
  }
  if (command === 'validate') {
    const report = await validateCommand(files, options, console);
    return { ok: report.ok, result: reportAsJson(report), text: validationText(report) };
  }
  if (command === 'augment') {
    const result = await augmentCommand(files, options, console);
    return { result, text: `${result.output}: ${result.level}, ${result.appendedBytes} bytes appended\n` };
  }
  const result = await signCommand(files, options, console);
  const repaired = result.repaired.map((line) => `${files[0] ?? ''} was repaired: ${line}\n`);
  const left = result.leftAlone.map(({ field, code, message }) => `${field}, which was there before, stays as it was: ${message} (${code})\n`);
  return { result, text: `${result.output}: signed at ${result.level}, ${result.appendedBytes} bytes appended\n${[...repaired, ...left].join('')}` };
}

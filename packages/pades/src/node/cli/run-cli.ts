import { isPadesError } from '../../errors.js';
import { USAGE, UsageError, readArguments, type CommandLine } from './arguments.js';
import { augmentCommand } from './augment-command.js';
import { inspectCommand, inspectionText } from './inspect-command.js';
import type { Console } from './output.js';
import { signCommand } from './sign-command.js';

export type { Console } from './output.js';

const GOOD = 0;
const REFUSED = 1;
const COULD_NOT = 2;

/** Runs one command line and gives its exit code: 0 good, 1 refused, 2 could not. */
export async function runCli(args: readonly string[], console: Console): Promise<number> {
  let line: CommandLine | undefined;
  try {
    line = readArguments(args);
    if (line.command === 'help') {
      console.out(USAGE);
      return args.length === 0 ? COULD_NOT : GOOD;
    }
    const { result, text } = await runCommand(line, console);
    console.out(line.options.json ? `${JSON.stringify({ ok: true, ...result })}\n` : text);
    return GOOD;
  } catch (error) {
    const code = isPadesError(error) ? error.code : error instanceof UsageError ? 'usage' : 'failed';
    const message = error instanceof Error ? error.message : String(error);
    if (line?.options.json ?? args.includes('--json')) console.out(`${JSON.stringify({ ok: false, code, message })}\n`);
    else console.err(`pades: ${message}${isPadesError(error) ? ` (${code})` : ''}\n${code === 'usage' ? USAGE : ''}`);
    return isPadesError(error) && error.code !== 'transport_failed' ? REFUSED : COULD_NOT;
  }
}

async function runCommand({ command, files, options }: CommandLine, console: Console): Promise<{ result: object; text: string }> {
  if (command === 'inspect') {
    const inspection = await inspectCommand(files, options);
    return { result: inspection, text: inspectionText(inspection) };
  }
  if (command === 'augment') {
    const result = await augmentCommand(files, options, console);
    return { result, text: `${result.output}: ${result.level}, ${result.appendedBytes} bytes appended\n` };
  }
  const result = await signCommand(files, options, console);
  const left = result.leftAlone.map(({ field, code, message }) => `${field}, which was there before, stays as it was: ${message} (${code})\n`);
  return { result, text: `${result.output}: signed at ${result.level}, ${result.appendedBytes} bytes appended\n${left.join('')}` };
}

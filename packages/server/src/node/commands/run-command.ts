import { StartError } from '../config.js';
import { apiKeysAdd, apiKeysList, apiKeysRevoke, apiKeysRotate } from './api-keys.js';
import { auditExport, auditVerify } from './audit.js';
import { backup, restore } from './backup.js';
import { check } from './check.js';
import type { Command, CommandIo } from './command.js';
import { keysRotate } from './keys.js';
import { webhooksDead, webhooksReplay } from './webhooks.js';

const commands: readonly Command[] = [check, auditVerify, auditExport, apiKeysAdd, apiKeysList, apiKeysRotate, apiKeysRevoke, keysRotate, webhooksDead, webhooksReplay, backup, restore];

/** Runs the command that the words name and gives the exit code; `undefined` where there are none, which starts the server. */
export async function runCommand(words: readonly string[], io: CommandIo): Promise<number | undefined> {
  const given = words.map((word) => word.replace(/^--(?=(?:check|help)$)/u, ''));
  if (given.length === 0) return undefined;
  for (const command of commands) {
    const name = command.usage.split(' ').filter((word) => word === word.toLowerCase() && !word.startsWith('[') && !word.startsWith('-'));
    if (name.every((word, i) => given[i] === word)) return command.run(given.slice(name.length), io);
  }
  if (given[0] !== 'help') throw new StartError(`There is no command "${words.join(' ')}".\n\n${help()}`);
  io.out(help());
  return 0;
}

function help(): string {
  const wide = Math.max(...commands.map(({ usage }) => usage.length)) + 2;
  return ['sky-sign-server            starts the server', ...commands.map(({ usage, about }) => `sky-sign-server ${usage.padEnd(wide)}${about}`)].join('\n');
}

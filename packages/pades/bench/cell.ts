// One contender with one input, in a process of its own; signs when it is told to.
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, open, readFile } from 'node:fs/promises';
import { CONTENDERS, ENGINE, type Sign } from './contenders.js';
import type { BenchIdentity } from './read-identity.js';

/** To the process: sign and say how long it took; say how much memory was ever used; write the signed file. */
export type Order = { readonly kind: 'sign' } | { readonly kind: 'peak' } | { readonly kind: 'save'; readonly path: string };

const STATUS = '/proc/self/status';
const [name = '', path = '', identityPath = ''] = process.argv.slice(2);
const sign = await CONTENDERS[name]?.(path, JSON.parse(await readFile(identityPath, 'utf8')) as BenchIdentity);
if (name === ENGINE) await import('../src/index.js');

process.on('message', (order: Order) => void obey(order).then((answer) => process.send?.(answer)));
process.send?.('ready');

async function obey(order: Order): Promise<number> {
  if (order.kind === 'sign') return sign ? timed(sign) : 0;
  if (order.kind === 'peak') return peakMegabytes();
  await save(order.path);
  return 0;
}

async function timed(work: Sign): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** On Linux `maxRSS` begins at what the parent had when it forked; `VmHWM` is the process's own. */
function peakMegabytes(): number {
  const own = existsSync(STATUS) ? /VmHWM:\s+(\d+) kB/u.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined;
  return Number(own ?? process.resourceUsage().maxRSS) / 1024;
}

async function save(output: string): Promise<void> {
  const { parts, follows } = (await sign?.()) ?? { parts: [] };
  if (follows !== undefined) await copyFile(follows, output);
  const file = await open(output, follows === undefined ? 'w' : 'a');
  for (const part of parts) await file.writeFile(part);
  await file.close();
}

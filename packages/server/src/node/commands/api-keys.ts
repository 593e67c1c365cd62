import { createApiKey, rotateApiKey } from '../../auth/api-key.js';
import { grantsProblem } from '../../auth/grants.js';
import type { Grants } from '../../auth/grants.js';
import { fromJson } from '../../store/rows.js';
import type { ApiKeyRow } from '../../store/rows.js';
import { StartError } from '../config.js';
import { wanted, withData } from './command.js';
import type { Command } from './command.js';

export const apiKeysAdd: Command = {
  usage: 'api-keys add TENANT [--scopes A,B] [--cidr NET,NET] [--origins O,O] [--expires DATE]',
  about: 'makes a key for the back end of a portal; it is shown this once. All scopes from any network, but embedding on no page, unless it is said',
  run: ([tenant, ...rest], io) => {
    const grants = grantsOf(flagsOf(rest, ['scopes', 'cidr', 'origins', 'expires']));
    return withData(io, async (data) => {
      io.out(await createApiKey({ ...data, now: Date.now }, wanted(tenant, 'TENANT'), grants));
      return 0;
    });
  },
};

export const apiKeysRotate: Command = {
  usage: 'api-keys rotate ID [--overlap HOURS]',
  about: 'makes a key that may do what this one may; this one ends after the overlap (24 hours)',
  run: ([id, ...rest], io) => {
    const { overlap = '24' } = flagsOf(rest, ['overlap']);
    if (!/^\d{1,4}$/u.test(overlap)) throw new StartError('--overlap: hours, as a number.');
    return withData(io, async (data) => {
      const key = await rotateApiKey({ ...data, now: Date.now }, { id: wanted(id, 'ID'), overlapMs: Number(overlap) * 3_600_000 });
      io.out(key ?? 'There is no such key.');
      return key === undefined ? 1 : 0;
    });
  },
};

export const apiKeysList: Command = {
  usage: 'api-keys list',
  about: 'lists keys by their ids, with what they are for',
  run: (_words, io) =>
    withData(io, async ({ store }) => {
      for (const row of await store.tables.apiKeys.find({}, { orderBy: 'createdAt' })) io.out(lineOf(row));
      return 0;
    }),
};

export const apiKeysRevoke: Command = {
  usage: 'api-keys revoke ID',
  about: 'ends a key at once; make the new one first',
  run: ([id], io) =>
    withData(io, async ({ store }) => {
      const ended = await store.tables.apiKeys.update({ id: wanted(id, 'ID'), revokedAt: null }, { revokedAt: Date.now() });
      io.out(ended.length === 1 ? `${wanted(id, 'ID')} opens nothing any more.` : 'There is no such key.');
      return ended.length === 1 ? 0 : 1;
    }),
};

function lineOf({ id, tenant, createdAt, revokedAt, expiresAt, lastUsedAt, scopes, networks, origins }: ApiKeyRow): string {
  const time = (at: number): string => new Date(at).toISOString();
  return [
    id,
    tenant,
    `made ${time(createdAt)}`,
    lastUsedAt === null ? 'never used' : `used ${time(lastUsedAt)}`,
    ...(expiresAt === null ? [] : [`ends ${time(expiresAt)}`]),
    ...(revokedAt === null ? [] : [`revoked ${time(revokedAt)}`]),
    `scopes ${fromJson(scopes).join(',')}`,
    `from ${fromJson(networks).join(',') || 'anywhere'}`,
    `origins ${fromJson(origins).join(',') || 'none'}`,
  ].join('  ');
}

function grantsOf({ scopes, cidr, origins, expires }: Readonly<Record<string, string>>): Grants {
  const expiresAt = expires === undefined ? undefined : Date.parse(expires);
  if (Number.isNaN(expiresAt)) throw new StartError('--expires: write the day as 2027-03-31.');
  const grants = { scopes: scopes === undefined ? ['*'] : listOf(scopes), networks: listOf(cidr), origins: listOf(origins), ...(expiresAt !== undefined && { expiresAt }) };
  const problem = grantsProblem(grants);
  if (problem !== undefined) throw new StartError(problem);
  return grants;
}

const listOf = (text = ''): string[] => text.split(',').map((each) => each.trim()).filter((each) => each !== '');

/** `--name value` and `--name=value`; anything else is refused, so that a mistyped limit does not become none. */
function flagsOf(words: readonly string[], names: readonly string[]): Record<string, string> {
  const flags: Record<string, string> = {};
  for (let i = 0; i < words.length; i += 1) {
    const [, name = '', inline] = /^--([a-z]+)(?:=(.*))?$/u.exec(words[i] ?? '') ?? [];
    if (!names.includes(name)) throw new StartError(`"${words[i] ?? ''}" is not known here; there are ${names.map((each) => `--${each}`).join(', ')}.`);
    flags[name] = wanted(inline ?? words[(i += 1)], `The value of --${name}`);
  }
  return flags;
}

import { createApiKey } from '../../auth/api-key.js';
import { wanted, withData } from './command.js';
import type { Command } from './command.js';

export const apiKeysAdd: Command = {
  usage: 'api-keys add TENANT',
  about: 'makes a key for the back end of a portal; it is shown this once',
  run: ([tenant], io) =>
    withData(io, async (data) => {
      io.out(await createApiKey({ ...data, now: Date.now }, wanted(tenant, 'TENANT')));
      return 0;
    }),
};

export const apiKeysList: Command = {
  usage: 'api-keys list',
  about: 'lists keys by their ids',
  run: (_words, io) =>
    withData(io, async ({ store }) => {
      for (const { id, tenant, createdAt, revokedAt } of await store.tables.apiKeys.find({}, { orderBy: 'createdAt' })) {
        io.out(`${id}  ${tenant}  made ${new Date(createdAt).toISOString()}${revokedAt === null ? '' : `  revoked ${new Date(revokedAt).toISOString()}`}`);
      }
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

import type { WebhookJob } from '../../outbox/enqueue.js';
import { not } from '../../store/table.js';
import { wanted, withData } from './command.js';
import type { Command } from './command.js';

export const webhooksDead: Command = {
  usage: 'webhooks dead',
  about: 'lists calls that were given up',
  run: (_words, io) =>
    withData(io, async ({ store }) => {
      for (const { id, payload, failedAt } of await store.tables.outbox.find({ kind: 'webhook', failedAt: not(0) }, { orderBy: 'failedAt' })) {
        const { webhookId, event, envelopeId } = JSON.parse(payload) as WebhookJob;
        io.out(`${id}  ${new Date(failedAt ?? 0).toISOString()}  ${event}  ${envelopeId}  ${webhookId}`);
      }
      return 0;
    }),
};

export const webhooksReplay: Command = {
  usage: 'webhooks replay ID|all',
  about: 'calls again what was given up, under the same webhook-id',
  run: ([which], io) =>
    withData(io, async ({ store }) => {
      const id = wanted(which, 'ID');
      const dead = { kind: 'webhook' as const, failedAt: not(0) };
      const again = await store.tables.outbox.update(id === 'all' ? dead : { ...dead, id }, { doneAt: null, failedAt: null, attempts: 0, dueAt: 0, leaseUntil: 0 });
      io.out(`${String(again.length)} calls are in the outbox again.`);
      return again.length > 0 || id === 'all' ? 0 : 1;
    }),
};

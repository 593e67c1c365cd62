import type { Step } from './step.js';

/** Receivers that hosts named. */
export const webhooks: Step = {
  tables: { webhooks: 'id text, tenant text, url text, events text, sealed blob, createdAt integer, disabledAt integer?' },
  indexes: [['webhooks', 'tenant']],
};

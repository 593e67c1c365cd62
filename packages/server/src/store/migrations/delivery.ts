import type { Step } from './step.js';

/** What could not be delivered. */
export const delivery: Step = {
  columns: { recipients: 'undeliverableAt integer?', outbox: 'failedAt integer?' },
};

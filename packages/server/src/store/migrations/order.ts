import type { Step } from './step.js';

/** In which order acts were accepted, which bytes a session was served, and what is looked for by time. */
export const order: Step = {
  indexes: [
    ['tokens', 'envelopeId, recipientId'],
    ['sessions', 'createdAt'],
  ],
  columns: { acts: 'position integer = 0', deliveries: "ranges text = '[]'" },
};

import type { Step } from './step.js';

/** Wrong access codes over all envelopes, and how often recipients were unlocked. */
export const locks: Step = {
  tables: { wrongCodes: 'id text, addressKey text, network text, at integer' },
  columns: { recipients: "unlocks integer = 0, addressKey text = ''" },
  indexes: [
    ['wrongCodes', 'addressKey, at'],
    ['wrongCodes', 'network, at'],
    ['wrongCodes', 'at'],
    ['recipients', 'addressKey'],
  ],
};

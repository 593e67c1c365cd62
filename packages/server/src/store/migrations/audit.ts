import type { Step } from './step.js';

/** Personal values of the log beside it, the newest row of each log under a key, which pepper an access code has, whose a ticket is. */
export const audit: Step = {
  tables: {
    auditValues: 'envelopeId text, seq integer, sealed blob',
    auditHeads: 'envelopeId text, seq integer, hash text, mac text',
  },
  columns: { recipients: 'codeKeyId text?', tickets: "recipientId text = ''" },
};

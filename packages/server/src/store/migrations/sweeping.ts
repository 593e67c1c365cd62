import type { Step } from './step.js';

/** What is swept is found without reading every envelope. */
export const sweeping: Step = { indexes: [['envelopes', 'status, deadline']] };

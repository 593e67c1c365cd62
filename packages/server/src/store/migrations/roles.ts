import type { Step } from './step.js';

/** Recipients who do not sign: approvers, and who only gets a copy. */
export const roles: Step = { columns: { recipients: "role text = 'signer'" } };

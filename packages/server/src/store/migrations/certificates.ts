import type { Step } from './step.js';

/** Contract certificates, and tickets for them. */
export const certificates: Step = {
  tables: { certificates: 'documentId text, envelopeId text, segmentId text, sha256 text, length integer, createdAt integer' },
  columns: { tickets: "what text = 'document'" },
};

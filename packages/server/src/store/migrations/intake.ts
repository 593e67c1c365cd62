import type { Step } from './step.js';

/** What an upload was before it was repaired or sanitised, and which files are inside of it. */
export const intake: Step = {
  columns: { documents: "attachments text = '[]', originalSha256 text?" },
};

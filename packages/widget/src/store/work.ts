// What is needed only once an envelope is open; loaded then.
export { completeOnce, waitForSeal } from './completion.js';
export { createDocuments } from './documents.js';

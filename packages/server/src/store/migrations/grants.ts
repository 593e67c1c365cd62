import type { Step } from './step.js';

/** What an API key is for, from where, and until when. Keys from before may do everything, as they could. */
export const grants: Step = { columns: { apiKeys: `scopes text = '["*"]', networks text = '[]', origins text = '["*"]', expiresAt integer?, lastUsedAt integer?` } };

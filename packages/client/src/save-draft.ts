import { routes, type Draft } from '@sky-sign/protocol';
import { callJson } from './call.js';
import { sessionIdOf, type Connection } from './connection.js';

/** Saves what was filled in so far; answers when it was saved (ISO 8601). */
export async function saveDraft(connection: Connection, draft: Draft): Promise<{ savedAt: string }> {
  return callJson<{ savedAt: string }>(connection, {
    what: 'Saving what was filled in',
    method: 'put',
    path: routes.draft(sessionIdOf(connection)),
    json: draft,
    auth: 'token',
    repeatable: true,
  });
}

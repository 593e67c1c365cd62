import { routes, type SessionEvent } from '@sky-sign/protocol';
import { call } from './call.js';
import { sessionIdOf, type Connection } from './connection.js';

/** Tells the audit log that a document was seen or downloaded. */
export async function reportEvent(connection: Connection, event: SessionEvent): Promise<void> {
  await call(connection, {
    what: 'Reporting an event',
    method: 'post',
    path: routes.events(sessionIdOf(connection)),
    json: event,
    auth: 'token',
    repeatable: true,
  });
}

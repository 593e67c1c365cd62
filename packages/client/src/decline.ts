import { routes } from '@sky-sign/protocol';
import { call } from './call.js';
import { sessionIdOf, type Connection } from './connection.js';

/** Declines to sign; the envelope ends and the sender is told the reason. */
export async function decline(connection: Connection, { reason }: { reason: string }): Promise<void> {
  await call(connection, {
    what: 'Declining',
    method: 'post',
    path: routes.decline(sessionIdOf(connection)),
    json: { reason },
    auth: 'token',
    repeatable: false,
  });
}

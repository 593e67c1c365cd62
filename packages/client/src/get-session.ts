import { routes, type SigningSession } from '@sky-sign/protocol';
import { callJson } from './call.js';
import { sessionIdOf, type Connection } from './connection.js';

/** The truth about the session, for instance after the answer to a completion was lost. */
export async function getSession(connection: Connection): Promise<SigningSession> {
  return callJson<SigningSession>(connection, {
    what: 'Reading the session',
    method: 'get',
    path: routes.session(sessionIdOf(connection)),
    auth: 'token',
    repeatable: true,
  });
}

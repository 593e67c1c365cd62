import { routes, type AccessCodeEntry, type OpenedSession, type SigningSession } from '@sky-sign/protocol';
import { callJson, takeToken } from './call.js';
import { sessionIdOf, type Connection } from './connection.js';

/** Opens the envelope; an empty code where none is asked. Not repeated by itself, because every wrong code counts. */
export async function enterAccessCode(connection: Connection, { accessCode }: AccessCodeEntry): Promise<SigningSession> {
  const opened = await callJson<OpenedSession>(connection, {
    what: 'Checking the access code',
    method: 'post',
    path: routes.accessCode(sessionIdOf(connection)),
    json: { accessCode } satisfies AccessCodeEntry,
    auth: 'proof',
    repeatable: false,
  });
  takeToken(connection, opened);
  return opened.session;
}

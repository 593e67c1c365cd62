import { protocolVersion, routes, type SessionIntro, type SessionStart } from '@sky-sign/protocol';
import { callJson } from './call.js';
import { prepareKeys, remember, type Connection } from './connection.js';
import { assertTokenForServer } from './embed-token.js';
import { linkName } from './session-memory.js';
import { SkySignError } from './sky-sign-error.js';

/**
 * Exchanges a link or embed token for a session. What comes back is all that may be told before the access code.
 * May be repeated after a lost answer: the same key hears the same.
 */
export async function startSession(connection: Connection, { linkToken }: SessionStart): Promise<SessionIntro> {
  await assertTokenForServer(linkToken, connection.server);
  const link = await linkName(linkToken);
  await prepareKeys(connection, link);
  const intro = await callJson<SessionIntro>(connection, {
    what: 'Opening the request',
    method: 'post',
    path: routes.sessions,
    json: { linkToken } satisfies SessionStart,
    auth: 'proof',
    repeatable: true,
  });
  if (intro.protocolVersion !== protocolVersion) {
    throw new SkySignError('protocol_mismatch', `The server speaks version ${intro.protocolVersion}, this client ${protocolVersion}; install matching versions.`);
  }
  const { keyId } = connection.remembered ?? { keyId: '' };
  remember(connection, { keyId, sessionId: intro.sessionId, link });
  return intro;
}

import type { SessionResume, SigningSession } from '@sky-sign/protocol';
import { renewToken } from './call.js';
import type { Connection } from './connection.js';
import { assertTokenForServer } from './embed-token.js';

/**
 * Takes up the session again after a reload or an expired token, by proof of the same key; no code is asked again. With the
 * token that the page has now, only where that is for the same person's request (else `session_invalid`); it is not used up.
 */
export async function resumeSession(connection: Connection, { linkToken }: SessionResume = {}): Promise<SigningSession> {
  if (linkToken === undefined) return (await renewToken(connection)).session;
  await assertTokenForServer(linkToken, connection.server);
  return (await renewToken(connection, { linkToken })).session;
}

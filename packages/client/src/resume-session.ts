import type { SigningSession } from '@sky-sign/protocol';
import { renewToken } from './call.js';
import type { Connection } from './connection.js';

/** Takes up the session again after a reload or an expired token, by proof of the same key; no code is asked again. */
export async function resumeSession(connection: Connection): Promise<SigningSession> {
  return (await renewToken(connection)).session;
}

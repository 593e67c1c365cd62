import {
  askToken,
  forgetSession,
  isSkySignError,
  linkName,
  resumeSession,
  SkySignError,
  startSession,
  type Connection,
} from '@sky-sign/client';
import type { SessionIntro, SigningSession } from '@sky-sign/protocol';

export interface BeginOptions {
  /** The token that the page was given, if any. */
  readonly token: string | undefined;
  /** Asks the host for a token: at the start, also after a reload, and when a session has ended. */
  readonly getToken: (() => Promise<string>) | undefined;
  /** The page was reloaded: the session of before is the one meant, unless the page has a token for somebody else now. */
  readonly reloaded: boolean;
  /** The session that this very element had before, with the same token: after a pause, or to try again. */
  readonly own: string | undefined;
}

export type Beginning = { readonly intro: SessionIntro } | { readonly session: SigningSession };

/** Takes up the session of this tab where that is the one meant; else exchanges a token for a new one. */
export async function begin(connection: Connection, { token: given, getToken, reloaded, own }: BeginOptions): Promise<Beginning> {
  const { remembered } = connection;
  const before = remembered?.sessionId;
  // Without a token, only these two are certain to mean the session of before.
  const meant = before !== undefined && (reloaded || before === own);
  if (before !== undefined && before === own) {
    const session = await resume(connection);
    if (session) return { session };
  }
  const token = given ?? (getToken && (await askToken(getToken)));
  // After a reload a host has made a new embed token; the server knows whether it is for the same person's request.
  if (connection.remembered?.sessionId !== undefined && (reloaded || (token !== undefined && (await linkName(token)) === remembered?.link))) {
    const session = await resume(connection, token);
    if (session) return { session };
  }
  if (!token && meant) throw new SkySignError('session_invalid', 'The session of before has ended, and there is no token for another one.');
  if (!token) throw new SkySignError('session_missing', '<sky-sign> has neither a token nor a session: set its token attribute or its getToken property.');
  return { intro: await startSession(connection, { linkToken: token }) };
}

/**
 * `undefined` where there is nothing left to resume; the code of a half-open session has to be asked again as well. That the
 * session's request has ended says nothing of one that the page has a token for: exchanging that tells.
 */
async function resume(connection: Connection, linkToken?: string): Promise<SigningSession | undefined> {
  try {
    return await resumeSession(connection, linkToken === undefined ? {} : { linkToken });
  } catch (error) {
    const nothing = isSkySignError(error, 'session_invalid', 'session_superseded', 'session_missing', 'dpop_invalid', 'not_found');
    if (!nothing && !(linkToken !== undefined && isSkySignError(error, 'link_ended', 'access_code_locked'))) throw error;
    await forgetSession(connection);
    return undefined;
  }
}

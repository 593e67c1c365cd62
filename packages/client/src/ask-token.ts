import { isLinkToken } from './embed-token.js';
import { isSkySignError, SkySignError } from './sky-sign-error.js';
import { within } from './within.js';

/** A portal opens a session on its back end for this; longer than that is no answer. */
const limitMs = 30_000;

/** Asks the host for a token, and takes nothing else: whatever goes wrong there is `token_unavailable`. */
export async function askToken(getToken: () => Promise<string>, ms = limitMs): Promise<string> {
  const unavailable = (what: string, cause?: unknown): SkySignError => new SkySignError('token_unavailable', `getToken ${what}.`, { cause });
  try {
    // It may throw at once, too, or answer with no promise.
    const token: unknown = await within(ms, (async () => getToken())(), () => unavailable(`did not answer within ${String(ms / 1000)} seconds`));
    if (isLinkToken(token)) return token;
    throw unavailable(`gave ${typeof token === 'string' ? 'a text that is no link or embed token' : `${token === null ? 'null' : typeof token} and no token`}`);
  } catch (error) {
    throw isSkySignError(error, 'token_unavailable') ? error : unavailable('failed', error);
  }
}

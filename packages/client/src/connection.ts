import ky, { type KyInstance } from 'ky';
import type { ProofKeys } from './dpop.js';
import { createKeys, forgetKeys, loadKeys } from './session-keys.js';
import { tabMemory, type RememberedSession, type SessionMemory } from './session-memory.js';
import { SkySignError } from './sky-sign-error.js';

export interface ConnectionOptions {
  /** Origin of the server, `https://sign.example`; the page's own origin where it is absent. */
  readonly server?: string | undefined;
  /** Another `fetch`, for tests and service workers. */
  readonly fetch?: typeof fetch | undefined;
  /** Tells apart what several elements on one page remember of this server; absent where there is one. */
  readonly place?: string | undefined;
  /** Where the session is remembered over a reload; `sessionStorage` where it is absent. */
  readonly memory?: SessionMemory | undefined;
}

/** One signer at one server: the key, the session and the token in use. Functions of this package take it first. */
export interface Connection {
  readonly server: string;
  readonly http: KyInstance;
  readonly memory: SessionMemory;
  keys: ProofKeys | undefined;
  remembered: RememberedSession | undefined;
  /** The server's latest nonce for proofs. */
  nonce: string | undefined;
  token: { readonly value: string; readonly expiresAt: number } | undefined;
  /** A renewal under way, shared by all calls that wait for it. */
  renewal: Promise<unknown> | undefined;
}

/** Opens a connection and picks up the session that this tab had before a reload, if there is one and its key is still here. */
export async function openConnection(options: ConnectionOptions = {}): Promise<Connection> {
  const server = serverOrigin(options.server);
  const memory = options.memory ?? tabMemory(server, options.place);
  const remembered = memory.read();
  const keys = remembered && (await loadKeys(remembered.keyId));
  return {
    server,
    memory,
    keys,
    remembered: keys ? remembered : undefined,
    http: ky.create({ prefixUrl: server, ...(options.fetch ? { fetch: options.fetch } : {}) }),
    nonce: undefined,
    token: undefined,
    renewal: undefined,
  };
}

/** The id of the session that can be resumed. */
export function sessionIdOf(connection: Connection): string {
  const id = connection.remembered?.sessionId;
  if (id === undefined) throw new SkySignError('session_missing', 'There is no session yet: start one with a link token.');
  return id;
}

/** Takes a new key for a session that is about to start with `link`; the same link keeps its key, so that a lost answer can be asked for again. */
export async function prepareKeys(connection: Connection, link: string): Promise<ProofKeys> {
  const { remembered } = connection;
  if (connection.keys && remembered?.link === link) return connection.keys;
  await forgetSession(connection);
  const keyId = crypto.randomUUID();
  connection.keys = await createKeys(keyId);
  remember(connection, { keyId, sessionId: undefined, link });
  return connection.keys;
}

export function remember(connection: Connection, session: RememberedSession): void {
  connection.remembered = session;
  connection.memory.write(session);
}

/** Forgets session, token and key in this tab; what a later start has written there stays. */
export async function forgetSession(connection: Connection): Promise<void> {
  const { remembered } = connection;
  connection.token = undefined;
  connection.keys = undefined;
  connection.remembered = undefined;
  if (connection.memory.read()?.keyId === remembered?.keyId) connection.memory.clear();
  if (remembered) await forgetKeys(remembered.keyId);
}

function serverOrigin(server: string | undefined): string {
  try {
    // Not the page's address: that of a framed `srcdoc` says nothing of its origin.
    const { origin, protocol } = new URL(server || '/', globalThis.origin);
    if (protocol === 'https:' || protocol === 'http:') return origin;
  } catch {
    // Falls through to the one refusal below.
  }
  throw new SkySignError('server_invalid', `"${server ?? ''}" is not the address of a server; give an origin such as https://sign.example.`);
}

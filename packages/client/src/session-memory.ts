import { hex, sha256, utf8 } from './base64url.js';

/** What survives a reload of the tab: names only, never a token. */
export interface RememberedSession {
  readonly keyId: string;
  readonly sessionId: string | undefined;
  /** Which link or embed token began it, as a short hash; absent where that is not known. */
  readonly link: string | undefined;
}

/** Remembers one session per server and page address. */
export interface SessionMemory {
  read(): RememberedSession | undefined;
  write(session: RememberedSession): void;
  clear(): void;
}

/** Memory in `sessionStorage`: survives a reload, ends with the tab, is not shared with other tabs. */
export function tabMemory(server: string): SessionMemory {
  const key = `sky-sign:${server}:${pageAddress()}`;
  const storage = openStorage();
  let inPage: RememberedSession | undefined;
  return {
    read: () => {
      const text = storage?.getItem(key);
      return text ? parse(text) : inPage;
    },
    write: (session) => {
      inPage = session;
      try {
        storage?.setItem(key, JSON.stringify(session));
      } catch {
        // Full, by the host page or in a private window: this page goes on without, and an older session must not come back.
        storage?.removeItem(key);
      }
    },
    clear: () => {
      inPage = undefined;
      storage?.removeItem(key);
    },
  };
}

/** A short name for a link token that tells two links apart and gives nothing away. */
export async function linkName(linkToken: string): Promise<string> {
  return hex((await sha256(utf8(linkToken))).subarray(0, 8));
}

function pageAddress(): string {
  return typeof location === 'undefined' ? '' : location.pathname + location.search;
}

function openStorage(): Storage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}

function parse(text: string): RememberedSession | undefined {
  try {
    const value = JSON.parse(text) as Partial<RememberedSession>;
    return typeof value.keyId === 'string' ? { keyId: value.keyId, sessionId: value.sessionId, link: value.link } : undefined;
  } catch {
    return undefined;
  }
}

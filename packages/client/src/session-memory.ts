import { hex, sha256, utf8 } from './base64url.js';

/** What survives a reload of the tab: names only, never a token. */
export interface RememberedSession {
  readonly keyId: string;
  readonly sessionId: string | undefined;
  /** Which link or embed token began it, as a short hash; absent where that is not known. */
  readonly link: string | undefined;
}

/** Remembers one session per server, page address and, where a page has several, element. */
export interface SessionMemory {
  read(): RememberedSession | undefined;
  write(session: RememberedSession): void;
  clear(): void;
}

/** What a storage that is full or refused does not take is remembered as long as the page lives. */
const inPage = new Map<string, RememberedSession>();

/** Memory in `sessionStorage`: survives a reload, ends with the tab, is not shared with other tabs. `place` tells several on one page apart. */
export function tabMemory(server: string, place = ''): SessionMemory {
  const key = `sky-sign:${server}:${pageAddress()}${place && `#${place}`}`;
  const storage = openStorage();
  return {
    read: () => {
      const text = storage?.getItem(key);
      return text ? parse(text) : inPage.get(key);
    },
    write: (session) => {
      inPage.delete(key);
      try {
        if (storage) storage.setItem(key, JSON.stringify(session));
        else inPage.set(key, session);
      } catch {
        // Full, by the host page or in a private window: this page goes on without, and an older session must not come back.
        storage?.removeItem(key);
        inPage.set(key, session);
      }
    },
    clear: () => {
      inPage.delete(key);
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

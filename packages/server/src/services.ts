import type { ByteSource, Hash, Signer, StatusNetwork, TimestampFunction } from '@sky-sign/pades';
import type { Heavy } from './heavy/heavy.js';
import type { KeyRing } from './keys/key-ring.js';
import type { MailMessage } from './outbox/mail-message.js';
import type { PageText } from './sender/find-anchor.js';
import type { Store } from './store/store.js';

export interface Limits {
  /** Bytes of one upload. */
  readonly documentBytes: number;
  /** Bytes of all documents of an envelope. */
  readonly envelopeBytes: number;
  readonly envelopeDocuments: number;
  /** Bytes of one seal picture. */
  readonly sealBytes: number;
  /** How long an upload waits for an envelope before it is removed. */
  readonly unusedUploadMs: number;
}

export const defaultLimits: Limits = {
  documentBytes: 50 * 1024 * 1024,
  envelopeBytes: 200 * 1024 * 1024,
  envelopeDocuments: 100,
  sealBytes: 5 * 1024 * 1024,
  unusedUploadMs: 24 * 3_600_000,
};

/** What happened, for the log: ids and numbers, never tokens, names or values. */
export interface LogEvent {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly [detail: string]: unknown;
}

export type ScanVerdict = { readonly verdict: 'clean' | 'too_large' } | { readonly verdict: 'found'; readonly found: string };

/** Everything that the app takes from outside; the same in Node and in a browser. */
export interface Services {
  readonly crypto: Crypto;
  readonly store: Store;
  readonly keys: KeyRing;
  /** Incremental in Node, one-shot in a browser. */
  readonly hash: Hash;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Origins under which this server is reached; links carry the first. */
  readonly publicOrigins: readonly [string, ...string[]];
  /** The operator's key (立会人型), in its own `Crypto`. */
  readonly signer: Signer;
  /** DER roots: what we produce must lead to one of them. */
  readonly anchors: readonly Uint8Array[];
  readonly timestamp: TimestampFunction;
  /** Who says whether certificates still hold: OCSP and revocation lists. */
  readonly status: StatusNetwork;
  /** `fetch` for addresses that others chose: only public ones, and no redirects. */
  readonly egress: typeof globalThis.fetch;
  /** Hands a mail to the mail server; absent, mails are kept in the development outbox. Throws `Undeliverable` where nobody ever takes it. */
  readonly deliver?: (message: MailMessage) => Promise<void>;
  /** Reads uploads and draws; in Node in threads with limits. */
  readonly heavy: Heavy;
  /** Reads the text of a document, page by page, for fields beside a text; absent where nothing can. */
  readonly readText?: (source: ByteSource) => Promise<readonly PageText[]>;
  /** Asks a virus scanner about an upload; absent where none is configured. Rejects where there is no verdict. */
  readonly scan?: (source: ByteSource) => Promise<ScanVerdict>;
  /** TrueType bytes of a font with Japanese. */
  readonly font: () => Promise<Uint8Array>;
  readonly limits: Limits;
  /** How long a completion waits for its signature before it answers `sealing`. */
  readonly patienceMs: number;
  /** How long one worker may hold a job without renewing. */
  readonly leaseMs: number;
  readonly log: (event: LogEvent) => void;
  /** Network address of the caller, from the request and what the runtime hands to `app.fetch` with it. */
  readonly clientAddress: (request: Request, env: unknown) => string;
  /** Called when the outbox has got work. */
  readonly wake: () => void;
}

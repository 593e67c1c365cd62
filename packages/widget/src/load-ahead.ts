import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DocumentBytes } from './documents/document-bytes.js';
import type { Reader } from './documents/reader.js';

/** https://wicg.github.io/netinfo/, which only some browsers have. */
interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** Loads what the screens behind the access code are made of while the person reads the one before it: code, and no document. */
export class LoadAhead implements ReactiveController {
  readonly #load: () => Promise<unknown>;
  readonly #assets: () => string;
  #reader: Promise<Reader> | undefined;
  #idle: number | undefined;

  constructor(host: ReactiveControllerHost, { load, assets }: { load: () => Promise<unknown>; assets: () => string }) {
    this.#load = load;
    this.#assets = assets;
    host.addController(this);
  }

  /** Begins when the browser has nothing else to do; not where data is dear or slow to come. */
  whenIdle(): void {
    const { saveData, effectiveType = '' } = (navigator as { connection?: Connection }).connection ?? {};
    if (this.#reader || saveData || effectiveType.endsWith('2g')) return;
    this.#cancel();
    // Safari has no requestIdleCallback.
    this.#idle = globalThis.requestIdleCallback?.(this.now) ?? setTimeout(this.now, 200);
  }

  /** Begins at once. What fails here is tried again, and told, where it is needed. */
  readonly now = (): void => {
    this.#cancel();
    if (this.#reader) return;
    this.#load().catch(() => undefined);
    this.#reader = import('./documents/reader.js').then(({ startReader }) => startReader(this.#assets()));
    this.#reader.catch(() => (this.#reader = undefined));
  };

  /** Opens a document before its pages are on the screen. */
  open(bytes: DocumentBytes): void {
    this.now();
    this.#reader?.then((reader) => reader.openAhead(bytes, { assetsUrl: this.#assets() })).catch(() => undefined);
  }

  hostDisconnected(): void {
    this.#cancel();
    this.#reader?.then((reader) => reader.release()).catch(() => undefined);
    this.#reader = undefined;
  }

  #cancel(): void {
    if (this.#idle !== undefined) (globalThis.cancelIdleCallback ?? clearTimeout)(this.#idle);
    this.#idle = undefined;
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { EnvelopeStore } from './store/envelope-store.js';

/** Saves when the page goes out of sight, and asks before it is left only while something would be lost. */
export class LeaveGuard implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #envelope: () => Pick<EnvelopeStore, 'unsaved' | 'flush'> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, envelope: () => Pick<EnvelopeStore, 'unsaved' | 'flush'> | undefined) {
    this.#host = host;
    this.#envelope = envelope;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#onHide);
    document.addEventListener('visibilitychange', this.#onHide);
    this.look();
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.#onHide);
    document.removeEventListener('visibilitychange', this.#onHide);
    void this.#envelope()?.flush();
    this.look();
  }

  /** Something was filled in, or saved. */
  look(): void {
    if (this.#host.isConnected && this.#envelope()?.unsaved) addEventListener('beforeunload', this.#ask);
    else removeEventListener('beforeunload', this.#ask);
  }

  /** Of this element alone: another one may have something to lose, too. */
  readonly #ask = (event: Event): void => event.preventDefault();

  readonly #onHide = (): void => {
    if (document.visibilityState === 'hidden') void this.#envelope()?.flush();
  };
}

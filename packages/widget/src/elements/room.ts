import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How large an element is, in CSS pixels, and whether the pointer is a finger. */
export class Room implements ReactiveController {
  width = 0;
  height = 0;
  touch = false;
  readonly #host: ReactiveControllerHost & Element;
  readonly #coarse = globalThis.matchMedia?.('(pointer: coarse)');
  #sizes: ResizeObserver | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#sizes = new ResizeObserver(([entry]) => {
      // Not within the notification: a page that grows there would be reported to the host as an error.
      requestAnimationFrame(() => this.#take(entry?.contentRect));
    });
    this.#sizes.observe(this.#host);
    this.#coarse?.addEventListener('change', this.#onPointer);
    this.#onPointer();
  }

  hostDisconnected(): void {
    this.#sizes?.disconnect();
    this.#coarse?.removeEventListener('change', this.#onPointer);
  }

  /** At once, where the observer has not told it yet. */
  measure(): void {
    this.#take(this.#host.getBoundingClientRect());
  }

  #take(box: { width: number; height: number } | undefined): void {
    const [width, height] = [box?.width ?? 0, box?.height ?? 0];
    if (width === this.width && height === this.height) return;
    [this.width, this.height] = [width, height];
    this.#host.requestUpdate();
  }

  readonly #onPointer = (): void => {
    const touch = this.#coarse?.matches ?? false;
    if (touch === this.touch) return;
    this.touch = touch;
    this.#host.requestUpdate();
  };
}

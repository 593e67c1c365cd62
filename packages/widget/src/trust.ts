import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How long the element must have been visible before the last button counts. */
const sightMs = 500;

/** Whether the person could see what they pressed (against pages that lay something over the element, or flash it). */
export class Sight implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #observer: IntersectionObserver | undefined;
  #since: number | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get longEnough(): boolean {
    return document.visibilityState === 'visible' && this.#since !== undefined && performance.now() - this.#since >= sightMs;
  }

  /** The page stands in a frame of another site. */
  get foreignFrame(): boolean {
    try {
      return window.top !== null && window.top !== window && !window.top.location.origin;
    } catch {
      return true;
    }
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver((entries) => {
      const seen = entries.at(-1)?.isIntersecting === true;
      this.#since = seen ? (this.#since ?? performance.now()) : undefined;
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#since = undefined;
  }
}

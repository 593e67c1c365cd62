import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Scrolls to a message (`.message`) that appears in a dialog whose content is longer than its window. */
export class MessageInSight implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #words = '';

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    const message = this.#host.shadowRoot?.querySelector('.message');
    const words = message?.textContent ?? '';
    if (words !== this.#words) message?.scrollIntoView({ block: 'nearest' });
    this.#words = words;
  }
}

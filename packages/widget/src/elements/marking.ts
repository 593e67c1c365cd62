import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether text has been marked, or may have been, since the element was made: from then on the layers of text are painted. */
export class Marking implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #begun = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get begun(): boolean {
    return this.#begun;
  }

  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    document.addEventListener('selectionchange', this.#onMark);
    // The browser's own search takes the focus out of the window.
    addEventListener('blur', this.#onMark);
  }

  hostDisconnected(): void {
    document.removeEventListener('selectionchange', this.#onMark);
    removeEventListener('blur', this.#onMark);
  }

  readonly #onMark = ({ type }: Event): void => {
    if (type === 'blur' || getSelection()?.type === 'Range') this.begin();
  };
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Opens the host's `<dialog>` as a modal when it is first rendered, and gives the focus back when the host goes. */
export class Modal implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #dismiss: () => void;
  #before: HTMLElement | undefined;

  /** `dismiss` runs on Esc; what it does decides whether the dialog closes. */
  constructor(host: ReactiveControllerHost & HTMLElement, dismiss: () => void) {
    this.#host = host;
    this.#dismiss = dismiss;
    host.addController(this);
  }

  hostConnected(): void {
    this.#before = deepFocus();
    // A dialog that was moved in the page stays open, but no longer over everything.
    const dialog = this.#host.shadowRoot?.querySelector('dialog[open]:not(:modal)') as HTMLDialogElement | null | undefined;
    if (!dialog) return;
    dialog.close();
    dialog.showModal();
  }

  hostUpdated(): void {
    const dialog = this.#host.shadowRoot?.querySelector('dialog');
    if (!dialog || dialog.open || !dialog.isConnected) return;
    dialog.addEventListener('cancel', this.#onCancel);
    dialog.showModal();
  }

  hostDisconnected(): void {
    const before = this.#before;
    this.#before = undefined;
    if (before?.isConnected) before.focus({ preventScroll: true });
  }

  readonly #onCancel = (event: Event): void => {
    event.preventDefault();
    this.#dismiss();
  };
}

/** The focused element, through shadow roots. */
export function deepFocus(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

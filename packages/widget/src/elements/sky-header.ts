import type { SigningSession } from '@sky-sign/protocol';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { formatDeadline } from '../messages/format.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { icon } from '../styles/icons.js';
import { headerStyles } from './sky-header.styles.js';

/**
 * @summary What is to be signed, for whom, until when; download and further acts.
 * @csspart header title sender button
 */
export class SkyHeader extends LitElement {
  static override styles = [base, button, headerStyles];

  @query('.menu') private readonly menu!: HTMLElement | null;
  @state() private open = false;

  @property({ attribute: false }) session: SigningSession | undefined;
  /** The document that is on the screen. */
  @property() documentId = '';
  /** The zoom that is in effect, 1 for 100 %. */
  @property({ type: Number }) shownZoom = 1;
  /** Nothing can be changed any more: only downloads are offered. */
  @property({ type: Boolean }) finished = false;
  @property({ attribute: false }) messages!: Messages;

  protected override render(): TemplateResult | typeof nothing {
    if (!this.session) return nothing;
    const { envelope, sender, recipient } = this.session;
    const { common, header, lang } = this.messages;
    return html`<div class="head" part="header" @keydown=${this.#onKeydown} @focusout=${this.#onFocusout}>
      <slot></slot>
      <div class="words">
        <h1 part="title" tabindex="-1">${envelope.title}</h1>
        <p class="muted small" part="sender">
          ${recipient.role === 'approver' ? header.requestFromApprover(sender.name) : common.requestFrom(sender.name)}${envelope.deadline
            ? html`<span class="wide">${common.separator}${common.deadline(formatDeadline(envelope.deadline, lang))}</span>`
            : nothing}
        </p>
      </div>
      <button class="button line small wide" part="button" @click=${() => this.#download(this.documentId)}>${icon('download')}${header.download}</button>
      <button class="button text small wide" part="button button-text" aria-expanded=${this.open} @click=${this.#onToggle}>${header.more}${icon('down', 20)}</button>
      <button class="icon-button narrow" part="button" aria-label=${header.more} aria-expanded=${this.open} @click=${this.#onToggle}>${icon('more')}</button>
      ${this.open ? this.#renderMenu() : nothing}
    </div>`;
  }

  #renderMenu(): TemplateResult {
    const { header, common, toolbar } = this.messages;
    const { documents = [], recipient } = this.session ?? {};
    const several = documents.length > 1;
    return html`<div class="menu">
      <button class="narrow" @click=${() => this.#download(this.documentId)}>${header.download}</button>
      <button class="tool" @click=${() => this.#ask('search-open')}>${toolbar.search}</button>
      <button class="tool" @click=${() => this.#ask('open-pages')}>${toolbar.pages}</button>
      <button class="tool" @click=${() => request(this, 'zoom', { zoom: Math.min(4, this.shownZoom * 1.25) })}>${toolbar.zoomIn}</button>
      <button class="tool" @click=${() => request(this, 'zoom', { zoom: Math.max(Math.min(0.5, this.shownZoom), this.shownZoom / 1.25) })}>${toolbar.zoomOut}</button>
      <button class="tool" @click=${() => request(this, 'zoom', { zoom: 'fit' })}>${toolbar.fit}</button>
      <button class="tool" @click=${() => request(this, 'zoom', { zoom: 'page' })}>${toolbar.fitPage}</button>
      ${several
        ? documents.map(({ id, name }, index) => html`<button @click=${() => this.#download(id)}>${header.downloadOne(common.documentName(index + 1, name))}</button>`)
        : nothing}
      <button @click=${() => this.#ask('open-about')}>${header.about}</button>
      ${!this.finished ? html`<button @click=${() => this.#ask('pause')}>${header.pause}</button>` : nothing}
      ${!this.finished && recipient?.mayDelegate ? html`<button @click=${() => this.#ask('open-delegate')}>${header.delegate}</button>` : nothing}
      ${!this.finished && recipient?.mayDecline ? html`<button @click=${() => this.#ask('open-decline')}>${recipient.role === 'approver' ? header.declineApprover : header.decline}</button>` : nothing}
    </div>`;
  }

  #download(documentId: string): void {
    if (this.open) this.#close();
    request(this, 'download', { documentId });
  }

  #ask(verb: 'open-about' | 'pause' | 'open-delegate' | 'open-decline' | 'open-pages' | 'search-open'): void {
    this.#close();
    request(this, verb);
  }

  async #onToggle(): Promise<void> {
    this.open = !this.open;
    await this.updateComplete;
    const first = [...(this.menu?.querySelectorAll('button') ?? [])].find((one) => one.offsetParent !== null);
    first?.focus();
  }

  #onKeydown(event: KeyboardEvent): void {
    if (!this.open) return;
    const items = [...(this.menu?.querySelectorAll('button') ?? [])].filter((one) => one.offsetParent !== null);
    const at = items.indexOf(event.target as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Escape') this.#close();
    else if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The focus goes to what has opened the menu: a dialog that is opened next gives it back there. */
  #close(): void {
    this.open = false;
    const toggle = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('[aria-expanded]') ?? [])].find((one) => one.offsetParent !== null);
    toggle?.focus();
  }

  #onFocusout({ relatedTarget }: FocusEvent): void {
    if (this.open && this.menu && !(relatedTarget instanceof Node && this.shadowRoot?.contains(relatedTarget))) this.open = false;
  }
}

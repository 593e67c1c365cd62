import type { SigningSession } from '@sky-sign/protocol';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { formatDay, ja, type Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { icon } from '../styles/icons.js';

/**
 * @summary What is to be signed, for whom, until when; download and further acts.
 * @csspart header title sender button
 */
export class SkyHeader extends LitElement {
  static override styles = [
    base,
    button,
    css`
      header {
        position: relative;
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 72px;
        padding: 8px 24px;
        border-bottom: 1px solid var(--_line);
        background: var(--_surface);
      }
      .words {
        flex: 1;
        min-width: 0;
      }
      h1,
      p {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      h1 {
        font-size: 20px;
        line-height: 1.5;
      }
      .menu {
        position: absolute;
        inset: calc(100% - 4px) 24px auto auto;
        z-index: 5;
        min-width: 240px;
        max-width: calc(100% - 32px);
        padding: 8px 0;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface);
        box-shadow: 0 2px 8px 1px rgb(0 0 0 / 10%), 0 1px 5px rgb(0 0 0 / 30%);
      }
      .menu button {
        display: block;
        width: 100%;
        min-height: 44px;
        padding: 8px 16px;
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .menu button:hover {
        background: var(--_hover);
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      .narrow {
        display: none;
      }
      @container (width < 640px) {
        header {
          gap: 0;
          min-height: 60px;
          padding: 4px 4px 4px 16px;
        }
        h1 {
          font-size: 16px;
        }
        .wide {
          display: none;
        }
        .narrow {
          display: revert;
        }
        .icon-button.narrow {
          display: inline-grid;
        }
        .menu {
          inset-inline-end: 8px;
        }
      }
      @container (height < 480px) {
        header {
          min-height: 48px;
          padding-block: 2px;
        }
        p {
          display: none;
        }
      }
    `,
  ];

  @query('.menu') private readonly menu!: HTMLElement | null;
  @state() private open = false;

  @property({ attribute: false }) session: SigningSession | undefined;
  /** The document that is on the screen. */
  @property() documentId = '';
  /** Nothing can be changed any more: only downloads are offered. */
  @property({ type: Boolean }) finished = false;
  @property({ attribute: false }) messages: Messages = ja;

  protected override render(): TemplateResult | typeof nothing {
    if (!this.session) return nothing;
    const { envelope, sender } = this.session;
    const { common, header, lang } = this.messages;
    return html`<header part="header" @keydown=${this.#onKeydown} @focusout=${this.#onFocusout}>
      <div class="words">
        <h1 part="title" tabindex="-1">${envelope.title}</h1>
        <p class="muted small" part="sender">
          ${common.requestFrom(sender.name)}${envelope.deadline
            ? html`<span class="wide">${common.separator}${common.deadline(formatDay(envelope.deadline, lang))}</span>`
            : nothing}
        </p>
      </div>
      <button class="button line small wide" part="button" @click=${() => this.#download(this.documentId)}>${icon('download')}${header.download}</button>
      ${this.#hasMenu()
        ? html`<button class="button text small wide" part="button" aria-expanded=${this.open} @click=${this.#onToggle}>${header.more}${icon('down', 20)}</button>`
        : nothing}
      <button class="icon-button narrow" part="button" aria-label=${header.more} aria-expanded=${this.open} @click=${this.#onToggle}>${icon('more')}</button>
      ${this.open ? this.#renderMenu() : nothing}
    </header>`;
  }

  #renderMenu(): TemplateResult {
    const { header, common } = this.messages;
    const { documents = [], recipient } = this.session ?? {};
    const several = documents.length > 1;
    return html`<div class="menu">
      <button class="narrow" @click=${() => this.#download(this.documentId)}>${header.download}</button>
      ${several
        ? documents.map(({ id, name }, index) => html`<button @click=${() => this.#download(id)}>${header.downloadOne(common.documentName(index + 1, name))}</button>`)
        : nothing}
      ${!this.finished && recipient?.mayDelegate ? html`<button @click=${() => this.#act('open-delegate')}>${header.delegate}</button>` : nothing}
      ${!this.finished && recipient?.mayDecline ? html`<button @click=${() => this.#act('open-decline')}>${header.decline}</button>` : nothing}
    </div>`;
  }

  #hasMenu(): boolean {
    const { documents = [], recipient } = this.session ?? {};
    return documents.length > 1 || (!this.finished && (recipient?.mayDelegate === true || recipient?.mayDecline === true));
  }

  #download(documentId: string): void {
    this.open = false;
    request(this, 'download', { documentId });
  }

  #act(verb: 'open-delegate' | 'open-decline'): void {
    this.open = false;
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

  #close(): void {
    this.open = false;
    const toggle = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('[aria-expanded]') ?? [])].find((one) => one.offsetParent !== null);
    toggle?.focus();
  }

  #onFocusout({ relatedTarget }: FocusEvent): void {
    if (this.open && this.menu && !(relatedTarget instanceof Node && this.shadowRoot?.contains(relatedTarget))) this.open = false;
  }
}

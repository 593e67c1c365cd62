import type { SenderContact } from '@sky-sign/protocol';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { ja, type FirstMessages } from '../messages/messages.js';
import { request } from '../requests.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { firstIcon } from '../styles/first-icons.js';
import { contactLine } from './contact.js';
import { screen } from './screen.styles.js';

/**
 * @summary A screen with one message: what happened, why, and what to do next.
 * @csspart banner button button-primary
 */
export class SkyNotice extends LitElement {
  static override styles = [
    base,
    button,
    screen,
    css`
      :host([kind='error']) {
        --_banner: var(--_error);
      }
      :host([kind='success']) {
        --_banner: var(--_success);
      }
      h2 {
        margin-top: 40px;
      }
      h2 + p {
        margin-top: 8px;
      }
      .facts {
        margin-top: 20px;
        padding: 20px 24px;
        border-radius: var(--_radius);
        background: var(--_sunken);
      }
    `,
  ];

  /** `error`, `success` or `info`: colour and icon of the banner. */
  @property({ reflect: true }) kind: 'error' | 'success' | 'info' = 'info';
  /** The heading, which takes the focus; so it is no live region, which would say it a second time. */
  @property() heading = '';
  @property() body = '';
  /** Heading and words of what to do next, where that needs its own place. */
  @property({ attribute: false }) next: { readonly title: string; readonly body: string } | undefined;
  /** Whom to ask. */
  @property({ attribute: false }) sender: SenderContact | undefined;
  /** What to quote when asking. */
  @property() reference = '';
  /** What the button that begins anew is called. */
  @property({ attribute: false }) retry: string | undefined;
  @property({ attribute: false }) messages: FirstMessages = ja;

  protected override render(): TemplateResult {
    const marks = { error: 'alert', success: 'done', info: 'info' } as const;
    return html`<div class="column">
      <div class="banner" part="banner">
        ${firstIcon(marks[this.kind], 36)}
        <h1 tabindex="-1" aria-describedby="said">${this.heading}</h1>
        <div class="text"><p id="said">${this.body}</p></div>
      </div>
      ${this.next ? html`<h2>${this.next.title}</h2><p>${this.next.body}</p>` : nothing}
      ${this.#renderSender()}
      ${this.retry
        ? html`<div class="actions"><button class="button fill" part="button button-primary" @click=${() => request(this, 'retry')}>${this.retry}</button></div>`
        : nothing}
      <slot></slot>
    </div>`;
  }

  #renderSender(): TemplateResult | typeof nothing {
    if (!this.sender && !this.reference) return nothing;
    const { locked } = this.messages;
    return html`<dl class="facts">
      ${this.sender ? html`<dt>${locked.contactName}</dt><dd>${this.sender.name}</dd>` : nothing}
      ${this.sender?.contact ? html`<dt>${locked.contact}</dt><dd>${contactLine(this.sender.contact)}</dd>` : nothing}
      ${this.reference ? html`<dt>${locked.reference}</dt><dd>${this.reference}</dd>` : nothing}
    </dl>`;
  }
}

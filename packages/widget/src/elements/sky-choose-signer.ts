import type { SigningSession } from '@sky-sign/protocol';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { onRequest, request } from '../requests.js';
import type { Failure } from '../store/state.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { screen } from './screen.styles.js';

/**
 * @summary After the access code: what has been sent, and whether this person signs or a colleague does.
 * @csspart title sender banner label input error dialog dialog-footer button button-primary
 */
export class SkyChooseSigner extends LitElement {
  static override styles = [
    base,
    button,
    screen,
    css`
      .lead {
        margin-top: 8px;
      }
      sky-envelope-facts {
        margin-top: 32px;
      }
    `,
  ];

  @state() private delegating = false;

  @property({ attribute: false }) session: SigningSession | undefined;
  /** Why the request could not be handed on. */
  @property({ attribute: false }) error: Failure | undefined;
  /** The request is being handed on. */
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) messages!: Messages;

  constructor() {
    super();
    onRequest(this, 'dismiss', () => (this.delegating = false));
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.session) return nothing;
    const { envelope, sender, recipient } = this.session;
    const { choose, header } = this.messages;
    return html`<div class="column">
        <h1 part="title" tabindex="-1">${envelope.title}</h1>
        <p class="lead" part="sender">${recipient.role === 'approver' ? choose.leadApprover(sender.name) : choose.lead(sender.name)}</p>
        <slot></slot>
        <sky-envelope-facts .session=${this.session} .messages=${this.messages}></sky-envelope-facts>
        <div class="actions">
          ${recipient.mayDelegate ? html`<button class="button line" part="button" @click=${() => (this.delegating = true)}>${header.delegate}</button>` : nothing}
          <button class="button fill" part="button button-primary" @click=${() => request(this, 'choose-self')}>${recipient.mayDelegate && recipient.role !== 'approver' ? choose.oneself : choose.read}</button>
        </div>
      </div>
      ${this.delegating ? html`<sky-delegate exportparts="dialog, dialog-footer, label, input, error, button, button-primary" .failure=${this.error} .busy=${this.busy} .messages=${this.messages}></sky-delegate>` : nothing}`;
  }
}

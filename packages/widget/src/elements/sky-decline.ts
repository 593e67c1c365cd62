import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { Failure } from '../store/state.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { dialog } from '../styles/dialog.js';
import { form } from '../styles/form.js';
import { icon } from '../styles/icons.js';
import { renderFailure } from './failure.js';
import { MessageInSight } from './message-in-sight.js';
import { Modal } from './modal.js';

/**
 * @summary Declines with a reason.
 * @csspart dialog dialog-footer label input hint error button button-primary
 */
export class SkyDecline extends LitElement {
  static override styles = [
    base,
    button,
    dialog,
    form,
    css`
      .label {
        margin-top: 24px;
      }
      .input {
        margin-top: 8px;
      }
    `,
  ];

  protected readonly modal = new Modal(this, () => this.#dismiss());
  protected readonly message = new MessageInSight(this);

  @query('textarea') private readonly reason!: HTMLTextAreaElement | null;
  @state() private missing = false;

  /** Who is told. */
  @property() sender = '';
  /** An approver signs nothing. */
  @property({ type: Boolean }) approving = false;
  /** Why it did not work; what was filled in stays. */
  @property({ attribute: false }) failure: Failure | undefined;
  /** It is under way, and cannot be called back. */
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) messages!: Messages;

  protected override render(): TemplateResult {
    const { decline, common } = this.messages;
    return html`<dialog part="dialog" aria-labelledby="title" aria-describedby="body">
      <div class="head"><h2 id="title" tabindex="-1" autofocus>${this.approving ? decline.titleApprover : decline.title}</h2></div>
      <div class="body">
        <p id="body">${decline.body(this.sender)}</p>
        <div class="label" part="label"><label for="reason">${decline.reason}</label><span class="must" aria-hidden="true">${common.requiredMark}</span></div>
        <p class="hint" part="hint" id="hint">${decline.reasonHint}</p>
        <textarea
          class="input"
          part="input"
          id="reason"
          maxlength="1000"
          required
          aria-describedby="hint error"
          aria-invalid=${this.missing ? 'true' : nothing}
          @input=${() => (this.missing = false)}
        ></textarea>
        ${this.missing ? html`<p class="message" part="error" id="error" role="alert">${icon('alert')}<span>${decline.missing}</span></p>` : nothing}
        ${renderFailure(this.failure, this.messages)}
      </div>
      <div class="foot" part="dialog-footer">
        <button class="button line" part="button" @click=${this.#dismiss}>${common.cancel}</button>
        <button class="button fill" part="button button-primary" aria-busy=${this.busy ? 'true' : nothing} @click=${this.#onDecline}>${this.busy ? html`${icon('busy', 20)}${common.sending}` : decline.act}</button>
      </div>
    </dialog>`;
  }

  #dismiss(): void {
    if (!this.busy) request(this, 'dismiss');
  }

  #onDecline(): void {
    if (this.busy) return;
    const reason = this.reason?.value.trim() ?? '';
    this.missing = reason === '';
    if (this.missing) this.reason?.focus();
    else request(this, 'decline', { reason });
  }
}

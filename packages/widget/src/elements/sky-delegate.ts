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
 * @summary Hands the request to a colleague, by name and mail address.
 * @csspart dialog dialog-footer label input error button button-primary
 */
export class SkyDelegate extends LitElement {
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

  @query('#name') private readonly name!: HTMLInputElement | null;
  @query('#email') private readonly email!: HTMLInputElement | null;
  @state() private missing: readonly ('name' | 'email')[] = [];

  /** Why it did not work; what was filled in stays. */
  @property({ attribute: false }) failure: Failure | undefined;
  /** It is under way, and cannot be called back. */
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) messages!: Messages;

  protected override render(): TemplateResult {
    const { delegate, common } = this.messages;
    return html`<dialog part="dialog" aria-labelledby="title" aria-describedby="body">
      <div class="head"><h2 id="title" tabindex="-1" autofocus>${delegate.title}</h2></div>
      <div class="body">
        <p id="body">${delegate.body}</p>
        ${this.#renderInput('name', delegate.name, delegate.missingName)}${this.#renderInput('email', delegate.email, delegate.missingEmail)}
        ${renderFailure(this.failure, this.messages)}
      </div>
      <div class="foot" part="dialog-footer">
        <button class="button line" part="button" @click=${this.#dismiss}>${common.cancel}</button>
        <button class="button fill" part="button button-primary" aria-busy=${this.busy ? 'true' : nothing} @click=${this.#onDelegate}>${this.busy ? html`${icon('busy', 20)}${common.sending}` : delegate.act}</button>
      </div>
    </dialog>`;
  }

  #renderInput(id: 'name' | 'email', label: string, problem: string): TemplateResult {
    const wrong = this.missing.includes(id);
    return html`<div class="label" part="label"><label for=${id}>${label}</label><span class="must" aria-hidden="true">${this.messages.common.requiredMark}</span></div>
      <input
        class="input"
        part="input"
        id=${id}
        type=${id === 'email' ? 'email' : 'text'}
        maxlength=${id === 'email' ? 254 : 100}
        required
        aria-describedby="${id}-error"
        aria-invalid=${wrong ? 'true' : nothing}
        @input=${() => (this.missing = this.missing.filter((one) => one !== id))}
      />
      ${wrong ? html`<p class="message" part="error" id="${id}-error" role="alert">${icon('alert')}<span>${problem}</span></p>` : nothing}`;
  }

  #dismiss(): void {
    if (!this.busy) request(this, 'dismiss');
  }

  #onDelegate(): void {
    if (this.busy) return;
    const name = this.name?.value.trim() ?? '';
    const email = this.email?.value.trim() ?? '';
    const missing = [...(name === '' ? (['name'] as const) : []), ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email) ? [] : (['email'] as const))];
    this.missing = missing;
    if (missing[0]) this[missing[0]]?.focus();
    else request(this, 'delegate', { name, email });
  }
}

import type { SessionIntro } from '@sky-sign/protocol';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ja, type FirstMessages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { AccessCodeError } from '../store/state.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { form } from '../styles/form.js';
import { firstIcon } from '../styles/first-icons.js';
import { contactLine, shortContact } from './contact.js';
import { screen } from './screen.styles.js';
import { accessCodeStyles } from './sky-access-code.styles.js';

/**
 * @summary Asks for the access code; shows nothing of the envelope, not even its title.
 * @csspart label input hint error button button-primary
 */
export class SkyAccessCode extends LitElement {
  static override styles = [base, button, form, screen, accessCodeStyles];

  @query('input') private readonly input!: HTMLInputElement | null;
  @state() private missing = false;

  /** What may be told before the code. */
  @property({ attribute: false }) intro: SessionIntro | undefined;
  /** The code is being checked. */
  @property({ type: Boolean }) busy = false;
  /** Why the last code was refused. */
  @property({ attribute: false }) error: AccessCodeError | undefined;
  @property({ attribute: false }) messages: FirstMessages = ja;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('error') && this.error) {
      this.input?.focus();
      this.input?.select();
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.intro) return nothing;
    const { sender, accessCodeRequired, accessCodeHint, reference } = this.intro;
    const { code } = this.messages;
    return html`<div class="column">
      <h1 tabindex="-1">${accessCodeRequired ? code.title : code.titleOpen}</h1>
      <p class="lead">${accessCodeRequired ? code.lead(sender.name) : code.leadOpen(sender.name)}</p>
      ${accessCodeHint ? html`<div class="guide"><h2>${code.hintTitle}</h2><p>${accessCodeHint}</p></div>` : nothing}
      <slot></slot>
      <form novalidate autocomplete="off" @submit=${this.#onSubmit}>
        ${accessCodeRequired ? this.#renderInput() : this.#renderError()}
        <button class="button fill large" part="button button-primary" aria-disabled=${this.busy ? 'true' : nothing}>
          ${this.busy ? code.checking : accessCodeRequired ? code.next : code.open}
        </button>
      </form>
      <p class="help">
        ${contactLine((accessCodeRequired ? code.help : code.helpOpen)(sender.name, shortContact(sender.contact)))}
        ${reference ? html`<br /><span class="muted small">${this.messages.locked.reference} ${reference}</span>` : nothing}
      </p>
    </div>`;
  }

  #renderInput(): TemplateResult {
    const { code, common } = this.messages;
    const digits = /数字|桁|digit/iu.test(this.intro?.accessCodeHint ?? '');
    const wrong = this.missing || this.error !== undefined;
    return html`<div class="label" part="label">
        <label for="code">${code.label}</label><span class="must" aria-hidden="true">${common.requiredMark}</span>
      </div>
      <p class="hint" part="hint" id="hint">${digits ? code.hintDigits : code.hint}</p>
      <input
        id="code"
        class="input"
        part="input"
        maxlength="40"
        inputmode=${digits ? 'numeric' : 'text'}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        required
        aria-invalid=${wrong ? 'true' : nothing}
        aria-describedby=${wrong ? 'error hint' : 'hint'}
        @input=${() => (this.missing = false)}
      />
      ${this.#renderError()}`;
  }

  #renderError(): TemplateResult | typeof nothing {
    const text = this.#errorText();
    return text ? html`<p class="message" part="error" id="error" role="alert">${firstIcon('alert')}<span>${text}</span></p>` : nothing;
  }

  #errorText(): string | undefined {
    const { code, errors } = this.messages;
    if (this.missing) return code.missing;
    if (!this.error) return undefined;
    if (this.error.code === 'access_code_wrong') return code.wrong(this.error.triesLeft);
    const { title, body } = errors.of(this.error.code);
    return `${title}${this.messages.lang === 'ja' ? '。' : '. '}${body}`;
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    if (this.busy) return;
    // Full-width digits from a Japanese keyboard mean the same code.
    const code = (this.input?.value ?? '').normalize('NFKC').trim();
    this.missing = this.intro?.accessCodeRequired === true && code === '';
    if (this.missing) this.input?.focus();
    else request(this, 'enter-code', { code });
  }
}

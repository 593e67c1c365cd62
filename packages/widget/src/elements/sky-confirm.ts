import type { FieldKind, RecipientRole } from '@sky-sign/protocol';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import { checklistOf, countedAs, type ChecklistGroup } from '../store/checklist.js';
import type { Refusal } from '../review/sky-review.js';
import type { SigningState, Work } from '../store/state.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { dialog } from '../styles/dialog.js';
import { choices } from '../styles/choices.js';
import { form } from '../styles/form.js';
import { icon } from '../styles/icons.js';
import { MessageInSight } from './message-in-sight.js';
import { Modal } from './modal.js';
import { confirmStyles } from './sky-confirm.styles.js';

/**
 * @summary Says in words what will happen to which documents, and asks for consent.
 * @csspart dialog dialog-footer button button-primary error
 */
export class SkyConfirm extends LitElement {
  static override styles = [base, button, dialog, choices, form, confirmStyles];

  protected readonly modal = new Modal(this, () => request(this, 'dismiss'));
  protected readonly message = new MessageInSight(this);

  @query('input') private readonly consent!: HTMLInputElement | null;
  @state() private unticked = false;

  @property({ attribute: false }) work: Work | undefined;
  /** Why the last try did not go through. */
  @property({ attribute: false }) error: (SigningState & { step: 'confirming' })['error'];
  /** The page is asked whether it may go on. */
  @property({ type: Boolean }) asking = false;
  /** The press was not a person's, or came before the page could be seen. */
  @property({ attribute: false }) refusal: Refusal | undefined;
  @property({ attribute: false }) messages!: Messages;

  protected override render(): TemplateResult | typeof nothing {
    if (!this.work) return nothing;
    const { session } = this.work;
    const { recipient, sender, consent } = session;
    const { common } = this.messages;
    const confirm = confirmFor(this.messages, recipient.role);
    const groups = checklistOf(this.work).groups;
    // In the recipient's language, whatever the screen's: it is the very text that is agreed to and recorded.
    const [ask, more] = firstSentence(consent.text);
    return html`<dialog part="dialog" aria-labelledby="title" aria-describedby="body">
      <div class="head"><h2 id="title" tabindex="-1" autofocus>${confirm.title}</h2></div>
      <div class="body">
        <p id="body">${confirm.body(groups.length, sender.name)}</p>
        <ul class="documents">${groups.map((group) => this.#renderDocument(group))}</ul>
        <dl class="facts">
          <dt>${confirm.signer}</dt>
          <dd>${[recipient.organization, recipient.name].filter(Boolean).join(common.separator)}</dd>
          <dt>${confirm.method}</dt>
          <dd>${confirm.operator}</dd>
        </dl>
        <slot></slot>
        <div class="consent">
          <label class="check">
            <input type="checkbox" aria-describedby="more error" aria-invalid=${this.unticked ? 'true' : nothing} @change=${() => (this.unticked = false)} />
            <span lang=${consent.locale}>${ask}</span>
          </label>
          ${more ? html`<p class="more small muted" id="more" lang=${consent.locale}>${more}</p>` : nothing}
        </div>
        ${this.#renderError()}
      </div>
      <div class="foot" part="dialog-footer">
        <button class="button line" part="button" @click=${() => request(this, 'dismiss')}>${confirm.back}</button>
        <button class="button fill" part="button button-primary" aria-busy=${this.asking ? 'true' : nothing} @click=${this.#onFinish}>${this.asking ? html`${icon('busy', 20)}${common.sending}` : confirm.complete}</button>
      </div>
    </dialog>`;
  }

  #renderDocument({ document, number, items }: ChecklistGroup): TemplateResult {
    const { confirm, common } = this.messages;
    const counts: Record<FieldKind, number> = { signature: 0, text: 0, checkbox: 0, date: 0, radio: 0, choice: 0 };
    for (const { field, done } of items) if (done) counts[countedAs(field.kind)] += 1;
    const viewed = this.work?.shown.get(document.id)?.viewed === true;
    return html`<li>
      ${viewed ? icon('done', 24, 'success') : icon('todo', 24, 'muted')}
      <span class="name">${common.documentName(number, document.name)}</span>
      <span class="items small muted">${viewed ? confirm.items(counts) || confirm.nothing : confirm.notOpened}</span>
      ${document.attachments?.length ? html`<span class="inside small muted">${this.messages.about.attachments(document.attachments)}</span>` : nothing}
    </li>`;
  }

  #renderError(): TemplateResult | typeof nothing {
    const text = this.#errorText();
    return text ? html`<p class="message" part="error" id="error" role="alert">${icon('alert')}<span>${text}</span></p>` : nothing;
  }

  #errorText(): string | undefined {
    const { confirm, errors } = this.messages;
    if (this.unticked) return confirm.mustConsent;
    if (this.refusal) return { untrusted: confirm.untrusted, 'not-shown': confirm.notShown, host: confirm.notReady }[this.refusal];
    if (this.error === 'still-loading') return this.#loadingText();
    if (!this.error) return undefined;
    const { title, body } = errors.of(this.error.code);
    return `${title}${this.messages.lang === 'ja' ? '。' : '. '}${body}`;
  }

  /** Names the document that is not here yet; once all have come, says so. */
  #loadingText(): string {
    const { session, shown } = this.work as Work;
    const late = session.documents.find(({ id }) => shown.get(id)?.sha256 === undefined);
    if (!late) return confirmFor(this.messages, session.recipient.role).loaded;
    const { loaded = 0, failed } = shown.get(late.id) ?? {};
    if (failed) {
      const { title, body } = this.messages.errors.of(failed);
      return `${late.name}${this.messages.lang === 'ja' ? '：' : ': '}${title}${this.messages.lang === 'ja' ? '。' : '. '}${body}`;
    }
    return this.messages.confirm.stillLoading(late.name, Math.floor((loaded / late.length) * 100));
  }

  #onFinish(event: Event): void {
    this.unticked = !this.consent?.checked;
    if (this.unticked) this.consent?.focus();
    else request(this, 'finish', { trusted: event.isTrusted });
  }
}

/** An approver adds no signature, and is not told of one. */
function confirmFor({ confirm }: Messages, role: RecipientRole | undefined): Messages['confirm'] {
  return role === 'approver' ? { ...confirm, ...confirm.approve } : confirm;
}

/** What has to be ticked, and the words that explain it. */
function firstSentence(text: string): [string, string] {
  const end = /^.*?(?:。|\.(?=\s|$))/su.exec(text)?.[0] ?? text;
  return [end, text.slice(end.length).trim()];
}

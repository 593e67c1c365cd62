import type { SessionDocument, SigningSession } from '@sky-sign/protocol';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { formatDeadline } from '../messages/format.js';
import type { Messages } from '../messages/messages.js';
import { base } from '../styles/base.js';
import { icon } from '../styles/icons.js';
import { contactLine } from './contact.js';

/** @summary 依頼の内容: what the sender has written, until when, and what there is to read. */
export class SkyEnvelopeFacts extends LitElement {
  static override styles = [
    base,
    css`
      .message {
        padding: 14px 20px 16px;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        color: var(--_strong);
        white-space: pre-line;
      }
      .title {
        margin-bottom: 16px;
        color: var(--_strong);
        font-weight: 700;
        overflow-wrap: anywhere;
      }
      h2 {
        font-size: 18px;
        line-height: 1.6;
      }
      h2 + * {
        margin-top: 8px;
      }
      * + h2 {
        margin-top: 24px;
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 6px 24px;
      }
      dt {
        color: var(--_muted);
      }
      dd {
        color: var(--_strong);
      }
      .documents li {
        display: grid;
        grid-template-columns: 24px minmax(0, 1fr) max-content;
        gap: 0 12px;
        padding: 10px 0;
        border-bottom: 1px solid var(--_line);
      }
      .documents svg {
        color: var(--_muted);
      }
      .inside {
        grid-column: 2 / 4;
      }
      @container (width < 640px) {
        dl {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }
        dd:not(:last-child) {
          margin-bottom: 10px;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SigningSession | undefined;
  /** Begins with the title, which a header may have cut short. */
  @property({ type: Boolean }) titled = false;
  @property({ attribute: false }) messages!: Messages;

  protected override render(): TemplateResult | typeof nothing {
    if (!this.session) return nothing;
    const { envelope, sender, documents } = this.session;
    const { about, lang } = this.messages;
    return html`${this.titled ? html`<p class="title">${envelope.title}</p>` : nothing}${envelope.message ? html`<h2>${about.message}</h2><p class="message">${envelope.message}</p>` : nothing}
      <h2>${about.documents}</h2>
      <ul class="documents">
        ${documents.map((document, index) => this.#renderDocument(document, index))}
      </ul>
      <h2>${about.request}</h2>
      <dl>
        <dt>${about.sender}</dt>
        <dd>${sender.name}${sender.contact ? html`<br />${contactLine(sender.contact)}` : nothing}</dd>
        ${envelope.deadline ? html`<dt>${about.deadline}</dt><dd>${formatDeadline(envelope.deadline, lang)}</dd>` : nothing}
        ${envelope.controlNumber ? html`<dt>${about.controlNumber}</dt><dd>${envelope.controlNumber}</dd>` : nothing}
      </dl>`;
  }

  #renderDocument({ name, pages, mustView, attachments = [] }: SessionDocument, index: number): TemplateResult {
    const { about, common } = this.messages;
    return html`<li>
      ${icon('file')}<span>${common.documentName(index + 1, name)}</span><span class="muted small">${about.pages(pages)}</span>
      ${mustView ? html`<span class="inside muted small">${about.mustView}</span>` : nothing}
      ${attachments.length ? html`<span class="inside muted small">${about.attachments(attachments)}</span>` : nothing}
    </li>`;
  }
}

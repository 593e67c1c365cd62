import type { RecipientProgress, SigningSession } from '@sky-sign/protocol';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { formatMoment, ja, type Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { icon } from '../styles/icons.js';
import { screen } from './screen.styles.js';

/**
 * @summary The end of the journey: done, who else signs, and the documents to take along.
 * @csspart banner steps button button-primary
 */
export class SkyCompleted extends LitElement {
  static override styles = [
    base,
    button,
    screen,
    css`
      :host {
        --_column: 800px;
        --_banner: var(--_success);
      }
      .column {
        padding-top: 48px;
      }
      .halves {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 48px;
        margin-top: 40px;
      }
      .steps {
        margin-top: 16px;
      }
      .steps li {
        position: relative;
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) auto;
        gap: 0 16px;
        padding-bottom: 24px;
      }
      .steps li:last-child {
        padding-bottom: 0;
      }
      .steps li:not(:last-child)::after {
        content: '';
        position: absolute;
        inset: 38px auto 2px 17px;
        width: 2px;
        background: var(--_line);
      }
      .steps .signed:not(:last-child)::after {
        background: var(--_success);
      }
      .disc {
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border: 2px solid var(--_edge);
        border-radius: 50%;
        background: var(--_surface);
        color: var(--_muted);
        font-weight: 700;
        line-height: 1;
      }
      .signed .disc {
        border-color: var(--_success);
        background: var(--_success);
        color: var(--_surface);
      }
      .active .disc,
      .sealing .disc {
        border-color: var(--_primary);
        color: var(--_primary);
      }
      .who {
        color: var(--_strong);
        font-weight: 700;
        line-height: 1.5;
      }
      .state {
        padding-top: 2px;
        text-align: end;
      }
      .documents {
        margin-top: 10px;
      }
      .documents li {
        border-bottom: 1px solid var(--_line);
      }
      .documents button {
        display: flex;
        gap: 12px;
        align-items: center;
        width: 100%;
        min-height: 44px;
        padding: 10px 0;
        border: 0;
        background: none;
        line-height: 1.5;
        text-align: start;
        cursor: pointer;
      }
      .documents svg {
        color: var(--_muted);
      }
      .number {
        margin-top: 12px;
      }
      .actions {
        padding-top: 24px;
        border-top: 1px solid var(--_line);
      }
      @container (width < 640px) {
        .halves {
          grid-template-columns: minmax(0, 1fr);
          gap: 32px;
          margin-top: 32px;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: SigningSession | undefined;
  @property({ attribute: false }) messages: Messages = ja;

  protected override render(): TemplateResult | typeof nothing {
    if (!this.session) return nothing;
    const { envelope, sender, recipients } = this.session;
    const { done } = this.messages;
    const all = envelope.status === 'completed';
    return html`<div class="column">
      <div class="banner" part="banner" role="status">
        ${icon('done', 36)}
        <h1 tabindex="-1">${done.title}</h1>
        <div class="text"><p>${all ? done.bodyAll : done.body(sender.name)}</p></div>
      </div>
      <div class="halves">
        <section>
          <h2>${done.progress}</h2>
          <ol class="steps" part="steps">${recipients.map((recipient, index) => this.#renderStep(recipient, index))}</ol>
        </section>
        <section>
          <h2>${done.documents}</h2>
          <ul class="documents">${this.session.documents.map(({ id, name }, index) => this.#renderDocument(id, name, index))}</ul>
          ${envelope.controlNumber ? html`<p class="number muted small">${done.controlNumber(envelope.controlNumber)}</p>` : nothing}
        </section>
      </div>
      <div class="actions">
        <button class="button line" part="button" @click=${() => request(this, 'close')}>${done.close}</button>
        <button class="button fill" part="button button-primary" @click=${() => request(this, 'view', { viewing: true })}>${done.view}</button>
      </div>
    </div>`;
  }

  #renderStep({ name, organization, status, at, you }: RecipientProgress, index: number): TemplateResult {
    const { done, lang, common } = this.messages;
    const tone = { signed: 'success', active: 'primary', sealing: 'primary', waiting: 'muted', declined: 'error', delegated: 'muted' }[status];
    const note = [at && status !== 'active' && status !== 'waiting' ? formatMoment(at, lang) : '', you ? done.you : ''].filter(Boolean).join(common.separator);
    return html`<li class=${status}>
      <span class="disc" aria-hidden="true">${status === 'signed' ? icon('tick') : index + 1}</span>
      <div>
        <div class="who">${organization ? html`${organization}${name === organization ? nothing : html`${common.separator}<span class="nobr">${name}</span>`}` : name}</div>
        ${note ? html`<div class="muted small">${note}</div>` : nothing}
      </div>
      <span class="state small ${tone}">${status === 'active' ? html`<b>${done.status(status)}</b>` : done.status(status)}</span>
    </li>`;
  }

  #renderDocument(id: string, name: string, index: number): TemplateResult {
    const { header, common } = this.messages;
    const full = common.documentName(index + 1, name);
    return html`<li>
      <button aria-label=${header.downloadOne(full)} @click=${() => request(this, 'download', { documentId: id })}>${icon('file')}<span class="link">${full}</span></button>
    </li>`;
  }
}

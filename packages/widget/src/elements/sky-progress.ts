import type { RecipientProgress } from '@sky-sign/protocol';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { formatMoment } from '../messages/format.js';
import type { Messages } from '../messages/messages.js';
import { base } from '../styles/base.js';
import { icon } from '../styles/icons.js';

/**
 * @summary 署名の進行状況: who has signed, whose turn it is, who waits.
 * @csspart steps
 */
export class SkyProgress extends LitElement {
  static override styles = [
    base,
    css`
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
      .note {
        word-break: keep-all;
      }
      .state {
        padding-top: 2px;
        text-align: end;
      }
    `,
  ];

  @property({ attribute: false }) recipients: readonly RecipientProgress[] = [];
  @property({ attribute: false }) messages!: Messages;

  protected override render(): TemplateResult {
    return html`<ol class="steps" part="steps">${this.recipients.map((recipient, index) => this.#renderStep(recipient, index))}</ol>`;
  }

  #renderStep({ name, organization, role, status, at, you }: RecipientProgress, index: number): TemplateResult {
    const { done, lang, common } = this.messages;
    const tone = { signed: 'success', active: 'primary', sealing: 'primary', waiting: 'muted', declined: 'error', delegated: 'muted' }[status];
    const note = [at && status !== 'active' && status !== 'waiting' ? formatMoment(at, lang) : '', you ? done.you : ''].filter(Boolean).join(common.separator);
    return html`<li class=${status}>
      <span class="disc" aria-hidden="true">${status === 'signed' ? icon('tick') : index + 1}</span>
      <div>
        <div class="who">${organization ? html`${organization}${name === organization ? nothing : html`${common.separator}<span class="nobr">${name}</span>`}` : name}</div>
        ${note ? html`<div class="note muted small">${note}</div>` : nothing}
      </div>
      <span class="state small ${tone}">${status === 'active' ? html`<b>${done.status(status, role)}</b>` : done.status(status, role)}</span>
    </li>`;
  }
}

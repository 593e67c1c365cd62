import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Seal } from '@sky-sign/protocol';
import { ja, type Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { Checklist, ChecklistGroup, ChecklistItem } from '../store/checklist.js';
import { base } from '../styles/base.js';
import { cssProps } from '../styles/css-props.js';
import { icon } from '../styles/icons.js';
import { fieldTitle } from './field-title.js';

/**
 * @summary What there is to do, document by document; a click goes there.
 * @csspart checklist progress item item-current
 */
export class SkyChecklist extends LitElement {
  static override styles = [
    base,
    css`
      .sum {
        padding: 16px 24px 20px;
        border-bottom: 1px solid var(--_line);
      }
      h2 {
        font-size: 18px;
        line-height: 1.6;
      }
      .count {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        margin-top: 4px;
      }
      .count b {
        font-size: 20px;
        line-height: 1.2;
        color: var(--_strong);
      }
      .meter {
        height: 8px;
        margin-top: 8px;
        border-radius: 4px;
        background: var(--_track);
        box-shadow: inset 0 0 0 1px var(--_edge);
        overflow: hidden;
      }
      .meter i {
        display: block;
        height: 100%;
        border-radius: 4px;
        background: var(--_primary);
        transition: width var(--_motion) ease-out;
      }
      .group {
        padding: 16px 12px 0;
      }
      .group:last-child {
        padding-bottom: 16px;
      }
      h3 {
        padding: 0 12px 4px;
        font-size: 14px;
        line-height: 1.5;
        letter-spacing: 0;
        color: var(--_muted);
      }
      .row {
        position: relative;
        display: grid;
        grid-template-columns: 24px minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 12px;
        width: 100%;
        min-height: 52px;
        padding: 6px 12px;
        border: 0;
        border-radius: var(--_radius);
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .row:hover {
        background: var(--_sunken);
      }
      .row:focus-visible {
        outline-offset: -2px;
      }
      .row svg {
        grid-row: 1 / 3;
      }
      .name {
        font-size: 16px;
        line-height: 1.4;
        color: var(--_strong);
      }
      .state {
        grid-column: 2;
        font-size: 14px;
        line-height: 1.4;
        letter-spacing: 0;
        color: var(--_muted);
      }
      .state.error {
        color: var(--_error);
      }
      .need {
        grid-row: 1 / 3;
        grid-column: 3;
        font-size: 14px;
        line-height: 1;
        letter-spacing: 0;
      }
      .row[aria-current] {
        background: var(--_tint);
      }
      .row[aria-current]::before {
        content: '';
        position: absolute;
        inset: 8px auto 8px 0;
        width: 4px;
        border-radius: 2px;
        background: var(--_primary);
      }
      .row[aria-current] .name {
        font-weight: 700;
      }
      .none {
        padding: 16px 24px;
      }
      :host([sheet]) .sum {
        padding: 0 16px 12px;
      }
      :host([sheet]) .group {
        padding-inline: 4px;
      }
      @media (forced-colors: active) {
        .meter i {
          background: Highlight;
          forced-color-adjust: none;
        }
        .row[aria-current]::before {
          background: Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) checklist: Checklist | undefined;
  /** What is placed where, for the words of a row. */
  @property({ attribute: false }) seals: ReadonlyMap<string, Seal> = new Map();
  /** Shown in a sheet, which has its own heading. */
  @property({ type: Boolean, reflect: true }) sheet = false;
  @property({ attribute: false }) messages: Messages = ja;

  protected override render(): TemplateResult | typeof nothing {
    if (!this.checklist) return nothing;
    const { groups, items, required, requiredDone } = this.checklist;
    const { checklist } = this.messages;
    return html`<div part="checklist">
      <div class="sum">
        ${this.sheet ? nothing : html`<h2>${checklist.title}</h2>`}
        <div class="count small" aria-hidden="true"><span>${checklist.required}</span><span><b>${requiredDone}</b>${checklist.count(required)}</span></div>
        <div class="meter" part="progress" role="img" aria-label=${checklist.progress(requiredDone, required)}>
          <i ${cssProps({ width: `${required ? (requiredDone / required) * 100 : 100}%` })}></i>
        </div>
      </div>
      ${items.length ? groups.filter((group) => group.items.length).map((group) => this.#renderGroup(group)) : html`<p class="none">${checklist.none}</p>`}
    </div>`;
  }

  #renderGroup({ document, number, items }: ChecklistGroup): TemplateResult {
    return html`<div class="group">
      <h3>${this.messages.common.documentName(number, document.name)}</h3>
      <ul>${items.map((item) => html`<li>${this.#renderItem(item)}</li>`)}</ul>
    </div>`;
  }

  #renderItem(item: ChecklistItem): TemplateResult {
    const { field, done, current } = item;
    const { common } = this.messages;
    const mark = done ? icon('done', 24, 'success') : current ? icon('now', 24, 'primary') : icon('todo', 24, 'muted');
    return html`<button
      class="row"
      part=${current ? 'item item-current' : 'item'}
      aria-current=${current ? 'true' : nothing}
      @click=${() => request(this, 'go-to-field', { fieldId: field.id })}
      >${mark}<span class="name">${fieldTitle(item, this.messages)}</span><span class="state ${item.failed ? 'error' : ''}">${this.#stateWords(item)}</span>${done
        ? nothing
        : html`<span class="need ${field.required ? 'error' : 'muted'}">${field.required ? common.required : common.optional}</span>`}</button>`;
  }

  #stateWords({ field, done, current }: ChecklistItem): string {
    const seal = this.seals.get(field.id);
    if (seal) return this.messages.field.sealed(seal.kind);
    return this.messages.field.state(field.kind, done ? 'done' : current ? 'current' : 'todo', field.required);
  }
}

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Seal } from '@sky-sign/protocol';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { Checklist, ChecklistGroup, ChecklistItem } from '../store/checklist.js';
import { base } from '../styles/base.js';
import { cssProps } from '../styles/css-props.js';
import { icon } from '../styles/icons.js';
import { fieldTitle, problemWords } from './field-title.js';
import { checklistStyles } from './sky-checklist.styles.js';

/**
 * @summary What there is to do, document by document; a click goes there.
 * @csspart checklist progress item item-current
 */
export class SkyChecklist extends LitElement {
  static override styles = [base, checklistStyles];

  @property({ attribute: false }) checklist: Checklist | undefined;
  /** What is placed where, for the words of a row. */
  @property({ attribute: false }) seals: ReadonlyMap<string, Seal> = new Map();
  /** Shown in a sheet, which has its own heading. */
  @property({ type: Boolean, reflect: true }) sheet = false;
  @property({ attribute: false }) messages!: Messages;

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
    const { field, done, current, problem } = item;
    const { common } = this.messages;
    const mark = problem ? icon('alert', 24, 'error') : done ? icon('done', 24, 'success') : current ? icon('now', 24, 'primary') : icon('todo', 24, 'muted');
    return html`<button
      class="row"
      part=${current ? 'item item-current' : 'item'}
      aria-current=${current ? 'true' : nothing}
      @click=${() => request(this, 'go-to-field', { fieldId: field.id })}
      >${mark}<span class="name">${fieldTitle(item, this.messages)}</span><span class="state ${problem ? 'error' : ''}">${this.#stateWords(item)}</span>${done
        ? nothing
        : html`<span class="need ${field.required ? 'error' : 'muted'}">${field.required ? common.required : common.optional}</span>`}</button>`;
  }

  #stateWords({ field, done, current, problem }: ChecklistItem): string {
    if (problem) return problemWords(problem, field.kind, this.messages);
    const seal = this.seals.get(field.id);
    if (seal) return this.messages.field.sealed(seal.kind);
    return this.messages.field.state(field.kind, done ? 'done' : current ? 'current' : 'todo', field.required);
  }
}

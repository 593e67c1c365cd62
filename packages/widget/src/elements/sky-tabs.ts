import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { ChecklistGroup } from '../store/checklist.js';
import { base } from '../styles/base.js';
import { icon } from '../styles/icons.js';
import { tab } from '../styles/tab.js';
import { tabsStyles } from './sky-tabs.styles.js';

/**
 * @summary The documents as tabs; a list to choose from where there is no room, with the page count beside it.
 * @csspart tabs tab
 */
export class SkyTabs extends LitElement {
  static override styles = [base, tab, tabsStyles];

  /** The tab that the arrow keys are on; a tab opens on Enter. */
  @state() private at: number | undefined;

  @property({ attribute: false }) groups: readonly ChecklistGroup[] = [];
  /** The document that is shown. */
  @property() documentId = '';
  @property({ type: Number }) page = 1;
  @property({ type: Number }) pages = 0;
  /** Nothing is left to do: tabs say nothing of it. */
  @property({ type: Boolean }) finished = false;
  @property({ attribute: false }) messages!: Messages;

  protected override render(): TemplateResult {
    const { tabs } = this.messages;
    return html`<div class="tabs" part="tabs" role="tablist" aria-label=${tabs.label} @keydown=${this.#onKeydown} @focusout=${() => (this.at = undefined)}>
        ${this.groups.map((group, index) => this.#renderTab(group, index))}
      </div>
      <div class="narrow">
        <span class="choose">
          <select aria-label=${tabs.choose} @change=${this.#onSelect}>
            ${this.groups.map((group) => html`<option value=${group.document.id} .selected=${group.document.id === this.documentId}>${this.#name(group)}</option>`)}
          </select>
          ${icon('down', 20)}
        </span>
        ${this.pages ? html`<span class="page" aria-hidden="true">${this.page} / ${this.pages}</span>` : nothing}
      </div>`;
  }

  #renderTab(group: ChecklistGroup, index: number): TemplateResult {
    const { tabs } = this.messages;
    const chosen = group.document.id === this.documentId;
    const done = !this.finished && group.items.length > 0 && group.left === 0;
    const reachable = this.at === undefined ? chosen : this.at === index;
    return html`<button
      class="tab"
      part="tab"
      role="tab"
      aria-selected=${chosen}
      tabindex=${reachable ? 0 : -1}
      @click=${() => request(this, 'choose-document', { documentId: group.document.id })}
    >
      ${done && !chosen ? icon('done', 20, 'success') : nothing}${this.#name(group)}${this.finished
        ? nothing
        : done
          ? html`<span class="left">${tabs.done}</span>`
          : group.left > 0
            ? html`<span class="left">${tabs.left(group.left)}</span>`
            : nothing}
    </button>`;
  }

  #name({ number, document }: ChecklistGroup): string {
    return this.messages.common.documentName(number, document.name);
  }

  #onSelect({ target }: Event): void {
    request(this, 'choose-document', { documentId: (target as HTMLSelectElement).value });
  }

  async #onKeydown(event: KeyboardEvent): Promise<void> {
    const last = this.groups.length - 1;
    const at = this.at ?? this.groups.findIndex(({ document }) => document.id === this.documentId);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.at = (to + last + 1) % (last + 1);
    await this.updateComplete;
    this.shadowRoot?.querySelectorAll<HTMLElement>('[role=tab]')[this.at]?.focus();
  }
}

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ja, type Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { ChecklistGroup } from '../store/checklist.js';
import { base } from '../styles/base.js';
import { icon } from '../styles/icons.js';

/**
 * @summary The documents as tabs; a list to choose from where there is no room, with the page count beside it.
 * @csspart tabs tab
 */
export class SkyTabs extends LitElement {
  static override styles = [
    base,
    css`
      .tabs {
        display: flex;
        padding: 8px 16px 0;
        border-bottom: 1px solid var(--_line);
        background: var(--_sunken);
        overflow: auto hidden;
        scrollbar-width: none;
      }
      .tab {
        position: relative;
        display: flex;
        flex: none;
        align-items: center;
        gap: 8px;
        min-height: 48px;
        padding: 4px 20px 0;
        border: 1px solid transparent;
        border-bottom: 0;
        border-radius: 4px 4px 0 0;
        background: none;
        line-height: 1.2;
        letter-spacing: 0;
        white-space: nowrap;
        cursor: pointer;
      }
      .tab:hover {
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      .tab:focus-visible {
        outline-offset: -4px;
      }
      .tab[aria-selected='true'] {
        min-height: 49px;
        margin-bottom: -1px;
        border-color: var(--_line);
        background: var(--_surface);
        color: var(--_strong);
        font-weight: 700;
      }
      .tab[aria-selected='true']::before {
        content: '';
        position: absolute;
        inset: -1px -1px auto;
        height: 5px;
        border-radius: 4px 4px 0 0;
        background: var(--_primary);
      }
      .left {
        font-size: 14px;
        font-weight: 400;
        color: var(--_muted);
      }
      .tab[aria-selected='true'] .left {
        color: var(--_primary);
      }
      .narrow {
        display: none;
      }
      @container (width < 640px) {
        .tabs {
          display: none;
        }
        .narrow {
          display: flex;
          align-items: stretch;
          min-height: 48px;
          border-bottom: 1px solid var(--_line);
          background: var(--_surface);
        }
        .choose {
          position: relative;
          display: flex;
          flex: 1;
          align-items: center;
          min-width: 0;
        }
        select {
          appearance: none;
          width: 100%;
          height: 48px;
          padding: 0 44px 0 16px;
          border: 0;
          background: none;
          color: var(--_strong);
          font-weight: 700;
          letter-spacing: 0;
          text-overflow: ellipsis;
        }
        option {
          background: var(--_surface);
        }
        .choose svg {
          position: absolute;
          inset-inline-end: 16px;
          pointer-events: none;
        }
        .page {
          display: grid;
          place-items: center;
          padding: 0 16px;
          border: 0;
          border-inline-start: 1px solid var(--_line);
          background: none;
          white-space: nowrap;
          letter-spacing: 0;
        }
        :is(select, .page):focus-visible {
          outline-offset: -4px;
        }
      }
      @media (forced-colors: active) {
        .tab[aria-selected='true']::before {
          background: Highlight;
        }
      }
    `,
  ];

  /** The tab that the arrow keys are on; a tab opens on Enter. */
  @state() private at: number | undefined;

  @property({ attribute: false }) groups: readonly ChecklistGroup[] = [];
  /** The document that is shown. */
  @property() documentId = '';
  @property({ type: Number }) page = 1;
  @property({ type: Number }) pages = 0;
  /** Nothing is left to do: tabs say nothing of it. */
  @property({ type: Boolean }) finished = false;
  @property({ attribute: false }) messages: Messages = ja;

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

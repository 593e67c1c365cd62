import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { request, type Requests } from '../requests.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { icon, type IconName } from '../styles/icons.js';
import { toolbarStyles } from './sky-toolbar.styles.js';

const zooms = [50, 75, 100, 125, 150, 200, 300, 400];

/**
 * @summary Pages, zoom, search.
 * @csspart toolbar input button
 */
export class SkyToolbar extends LitElement {
  static override styles = [base, button, toolbarStyles];

  @query('.find input') private readonly searchInput!: HTMLInputElement | null;

  /** The search is open; where there is no room for a toolbar, it is all that shows. */
  @property({ type: Boolean, reflect: true }) searching = false;
  @property({ type: Number }) page = 1;
  @property({ type: Number }) pages = 0;
  /** `fit` to the width, the whole `page`, or 1 for 100 %. */
  @property({ attribute: false }) zoom: number | 'fit' | 'page' = 1;
  /** The zoom that is in effect, 1 for 100 %. */
  @property({ type: Number }) shownZoom = 1;
  @property({ attribute: false }) found: Requests['found'] | undefined;
  @property({ attribute: false }) messages!: Messages;

  /** Opens the search and puts the focus there. */
  async openSearch(): Promise<void> {
    this.searching = true;
    await this.updateComplete;
    this.searchInput?.focus();
    this.searchInput?.select();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('pages') && this.pages === 0) this.searching = false;
  }

  protected override render(): TemplateResult {
    const { toolbar } = this.messages;
    const percent = Math.round(this.shownZoom * 100);
    const value = typeof this.zoom === 'string' ? this.zoom : String(percent);
    return html`<div class="toolbar" part="toolbar" role="toolbar" aria-label=${toolbar.label} @keydown=${this.#onKeydown}>
      ${this.#renderIcon('grid', toolbar.pages, this.pages === 0, () => request(this, 'open-pages'))}
      <span class="rule"></span>
      ${this.#renderIcon('left', toolbar.previous, this.page <= 1, () => request(this, 'page', { page: this.page - 1 }))}
      <span class="page">
        <input part="input" inputmode="numeric" aria-label=${toolbar.page} .value=${String(this.page)} @change=${this.#onPage} />
        <span>${toolbar.of(this.pages)}<span class="unit"> ${toolbar.unit}</span></span>
      </span>
      ${this.#renderIcon('right', toolbar.next, this.page >= this.pages, () => request(this, 'page', { page: this.page + 1 }))}
      <span class="rule"></span>
      ${this.#renderIcon('minus', toolbar.zoomOut, percent <= 50, () => this.#step(-1))}
      <span class="zoom">
        <select part="input" aria-label=${toolbar.zoom} @change=${this.#onZoom}>
          ${typeof this.zoom === 'number' && !zooms.includes(percent) ? html`<option value=${value} selected>${percent}%</option>` : nothing}
          ${zooms.map((one) => html`<option value=${one} .selected=${value === String(one)}>${one}%</option>`)}
          <option value="fit" .selected=${value === 'fit'}>${toolbar.fit}</option>
          <option value="page" .selected=${value === 'page'}>${toolbar.fitPage}</option>
        </select>
        ${icon('down', 20)}
      </span>
      ${this.#renderIcon('plus', toolbar.zoomIn, percent >= 400, () => this.#step(1))}
      <span class="space"></span>
      ${this.searching ? this.#renderSearch() : html`<button class="search" part="button" aria-label=${toolbar.search} @click=${() => this.openSearch()}>${icon('search')}<span>${toolbar.search}</span></button>`}
    </div>`;
  }

  #renderIcon(name: IconName, label: string, spent: boolean, act: () => void): TemplateResult {
    return html`<button class="icon-button" part="button" aria-label=${label} aria-disabled=${spent ? 'true' : nothing} @click=${() => spent || act()}>${icon(name)}</button>`;
  }

  #renderSearch(): TemplateResult {
    const { toolbar, common } = this.messages;
    const { at = 0, count = 0, busy = false } = this.found ?? {};
    const said = busy ? toolbar.searching : this.searchInput?.value ? toolbar.found(at, count) : '';
    return html`<span class="find" role="search">
      <input part="input" type="text" aria-label=${toolbar.searchFor} @input=${() => this.#search(0)} @keydown=${this.#onSearchKey} />
      <output>${busy || count === 0 ? said : html`<span class="long">${said}</span><span class="short" aria-hidden="true">${at}/${count}</span>`}</output>
      ${this.#renderIcon('left', toolbar.searchPrevious, count === 0, () => this.#search(-1))}
      ${this.#renderIcon('right', toolbar.searchNext, count === 0, () => this.#search(1))}
      ${this.#renderIcon('close', common.close, false, () => this.#closeSearch())}
    </span>`;
  }

  #search(step: 0 | 1 | -1): void {
    request(this, 'search', { text: this.searchInput?.value ?? '', step });
  }

  async #closeSearch(): Promise<void> {
    this.searching = false;
    request(this, 'search', { text: '', step: 0 });
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('.search')?.focus();
  }

  #onSearchKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter') this.#search(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') void this.#closeSearch();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #onPage({ target }: Event): void {
    const input = target as HTMLInputElement;
    const page = Number(input.value.normalize('NFKC'));
    if (Number.isInteger(page) && page >= 1 && page <= this.pages) request(this, 'page', { page });
    else input.value = String(this.page);
  }

  #onZoom({ target }: Event): void {
    const { value } = target as HTMLSelectElement;
    request(this, 'zoom', { zoom: value === 'fit' || value === 'page' ? value : Number(value) / 100 });
  }

  #step(direction: 1 | -1): void {
    const percent = Math.round(this.shownZoom * 100);
    const next = direction > 0 ? zooms.find((one) => one > percent) : zooms.findLast((one) => one < percent);
    request(this, 'zoom', { zoom: (next ?? (direction > 0 ? 400 : 50)) / 100 });
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    const items = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('button, input, select') ?? [])];
    const at = items.indexOf(event.target as HTMLElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  }
}

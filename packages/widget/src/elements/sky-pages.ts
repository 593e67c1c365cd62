import { shownSize, toScreen, type OthersField, type PageGeometry, type SessionDocument } from '@sky-sign/protocol';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { DocumentBytes } from '../documents/document-bytes.js';
import type { Pdf, PdfPage } from '../documents/open-pdf.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { ChecklistItem } from '../store/checklist.js';
import type { Work } from '../store/state.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { cssProps } from '../styles/css-props.js';
import { icon } from '../styles/icons.js';
import { nextFrame } from './next-frame.js';
import { createSearch, type Search } from './page-search.js';
import { listenForZoom } from './zoom-gestures.js';
import { placesOf } from './field-choices.js';
import type { SkyField } from './sky-field.js';
import type { SkyPage } from './sky-page.js';
import { pagesStyles } from './sky-pages.styles.js';

const cssPixelsPerPoint = 96 / 72;
/** Before a page is asked for, it is taken to be A4. */
const a4: PageGeometry = { cropBox: [0, 0, 595, 842], rotate: 0, userUnit: 1 };
/** Pages that are painted at once, and the canvas pixels (4 bytes each) that they share: 100 MB. */
const mostPainted = 8;
const pixelBudget = 25_000_000;
const largestCanvas = 16_000_000;
/** How far gestures zoom; 1 is 100 %. */
const [smallestZoom, largestZoom] = [0.5, 4];
const pageGap = 16;

/**
 * @summary The pages of one document, one under the other; only those near the screen are painted.
 * @csspart pages page field field-current field-done field-error field-tag input hint
 */
export class SkyPages extends LitElement {
  static override styles = [base, button, pagesStyles];

  @query('.pages') private readonly scroller!: HTMLElement | null;
  @state() private pdf: Pdf | undefined;
  @state() private failed = false;
  @state() private near: ReadonlySet<number> = new Set([1]);
  @state() private geometries: ReadonlyMap<number, PageGeometry> = new Map();
  @state() private room = 0;
  @state() private roomHeight = 0;
  @state() private touch = false;

  /** The document to show. */
  @property({ attribute: false }) document: SessionDocument | undefined;
  @property({ attribute: false }) bytes: DocumentBytes | undefined;
  /** Where PDF.js's worker, CMaps, fonts and WASM are; ends in a slash. */
  @property() assetsUrl = '';
  /** `auto` is 100 %, or less where the page is wider than the room; `fit` is its width, `page` all of it; 1 is 100 %. */
  @property({ attribute: false }) zoom: number | 'fit' | 'page' | 'auto' = 'auto';
  /** Own fields on this document; none where nothing is to be filled. */
  @property({ attribute: false }) items: readonly ChecklistItem[] = [];
  @property({ attribute: false }) others: readonly OthersField[] = [];
  @property({ attribute: false }) work: Work | undefined;
  @property({ attribute: false }) messages!: Messages;

  #opening = 0;
  #opened: Promise<void> = Promise.resolve();
  #pages = new Map<number, Promise<PdfPage>>();
  #sizes: ResizeObserver | undefined;
  #coarse = globalThis.matchMedia?.('(pointer: coarse)');
  #search: Search | undefined;
  #told = { page: 0, zoom: 0 };
  /** A page of this document has been on the screen. */
  #seen = false;
  /** What the pages are laid out with, and the point of the window that stays where it is when that changes. */
  #laidOut = 0;
  #pointer: { readonly x: number; readonly y: number } | undefined;
  #kept: { page: SkyPage; across: number; down: number; x: number; y: number } | undefined;

  constructor() {
    super();
    listenForZoom(this, (factor, at) => {
      const now = this.scale / cssPixelsPerPoint;
      // Never further out than it is already, where the whole width takes less than the smallest zoom.
      const zoom = Math.min(largestZoom, Math.max(Math.min(smallestZoom, now), now * factor));
      this.#pointer = at;
      request(this, 'zoom', { zoom });
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes = new ResizeObserver(([entry]) => {
      // Not within the notification: a page that grows there would be reported to the host as an error.
      requestAnimationFrame(() => this.#measure(entry?.contentRect));
    });
    this.#sizes.observe(this);
    this.#coarse?.addEventListener('change', this.#onPointer);
    this.#onPointer();
    if (this.hasUpdated) void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#coarse?.removeEventListener('change', this.#onPointer);
    this.#opening += 1;
    void this.pdf?.close();
    this.pdf = undefined;
  }

  /** CSS pixels per point. */
  get scale(): number {
    if (typeof this.zoom === 'number') return this.zoom * cssPixelsPerPoint;
    const fit = Math.max(0.1, (this.room - 2 * this.#padding() - 2) / this.#widest());
    const whole = Math.max(0.1, (this.roomHeight - 2 * pageGap) / this.#tallest());
    if (this.zoom === 'page') return Math.min(fit, whole, 4 * cssPixelsPerPoint);
    return this.zoom === 'fit' ? Math.min(fit, 4 * cssPixelsPerPoint) : Math.min(cssPixelsPerPoint, fit);
  }

  /** Scrolls to a page. */
  async showPage(number: number): Promise<void> {
    await this.#opened;
    await this.updateComplete;
    const page = this.#pageElement(number);
    if (page && this.scroller) this.#scrollTo(page.offsetTop - 16);
  }

  /** Scrolls to a field and puts the focus on it. */
  async showField(fieldId: string): Promise<SkyField | undefined> {
    const opening = this.#opening;
    await this.#opened;
    const field = this.items.find((item) => item.field.id === fieldId)?.field;
    if (!field || opening !== this.#opening) return undefined;
    await this.pageOf(field.page);
    await this.updateComplete;
    const page = this.#pageElement(field.page);
    await page?.updateComplete;
    const element = page?.fieldElement(fieldId);
    const geometry = this.geometries.get(field.page);
    if (!page || !element || !geometry || !this.scroller) return undefined;
    const box = toScreen(field.rect, geometry, this.scale);
    this.#scrollTo(page.offsetTop + box.top - Math.max(48, (this.scroller.clientHeight - box.height) / 2), page.offsetLeft + box.left - 24);
    element.focus({ preventScroll: true });
    return element;
  }

  /** Finds text; `step` moves from result to result. */
  async search(text: string, step: 0 | 1 | -1): Promise<void> {
    await this.#opened;
    if (!this.pdf) return;
    this.#search ??= createSearch({
      pages: this.pdf.pages,
      pageOf: (number) => this.pageOf(number),
      spansOf: (number) => this.#pageElement(number)?.textSpans ?? [],
      show: (number, span) => {
        const page = this.#pageElement(number);
        if (page) this.#scrollTo(page.offsetTop + (span ? span.offsetTop - 120 : -16));
      },
      told: (found) => request(this, 'found', found),
    });
    await this.#search.find(text, step);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('bytes')) void this.#open();
    const { scale } = this;
    if (this.#laidOut !== 0 && this.#laidOut !== scale) this.#keep();
    this.#laidOut = this.pdf && this.room ? scale : 0;
  }

  protected override updated(): void {
    this.#restore();
    // Afterwards: what is near may ask for another update.
    void this.updateComplete.then(this.#tell);
  }

  readonly #tell = (): void => {
    const zoom = this.scale / cssPixelsPerPoint;
    if (this.room && Math.abs(zoom - this.#told.zoom) > 0.001) {
      this.#told.zoom = zoom;
      request(this, 'shown-zoom', { zoom });
    }
    this.#look();
  };

  protected override render(): TemplateResult {
    if (this.failed) return this.#renderFailed();
    if (!this.pdf || !this.room) return html`<div class="said busy" role="status">${icon('busy', 36)}<p>${this.messages.pages.loading}</p></div>`;
    const { pages } = this.pdf;
    const { scale } = this;
    return html`<div
      class="pages ${this.#widest() * scale <= this.room ? 'fits' : ''}"
      part="pages"
      role="tabpanel"
      tabindex="0"
      aria-label=${this.messages.pages.label(this.document?.name ?? '')}
      @scroll=${this.#look}
      @keydown=${this.#onKeydown}
      @sky-page-failed=${this.#onPageFailed}
      @sky-page-painted=${this.#onPainted}
    >
      ${Array.from({ length: pages }, (_, index) => this.#renderPage(index + 1, pages, scale))}
    </div>`;
  }

  #renderPage(number: number, pages: number, scale: number): TemplateResult {
    const geometry = this.geometries.get(number);
    const { width, height } = shownSize(geometry ?? this.geometries.get(1) ?? a4);
    return html`<sky-page
      exportparts="page, field, field-current, field-done, field-error, field-tag, input, hint"
      .number=${number}
      .pages=${pages}
      .geometry=${geometry}
      .pageOf=${this.pageOf}
      .near=${this.near.has(number)}
      .scale=${scale}
      .pixelLimit=${Math.min(largestCanvas, pixelBudget / Math.max(1, this.near.size))}
      .items=${this.items.filter(({ field }) => placesOf(field).some(({ page }) => page === number))}
      .others=${this.others.filter(({ page }) => page === number)}
      .work=${this.work}
      .touch=${this.touch}
      .messages=${this.messages}
      ${cssProps({ width: `${width * scale}px`, height: `${height * scale}px` })}
    ></sky-page>`;
  }

  #renderFailed(): TemplateResult {
    const { pages, common } = this.messages;
    return html`<div class="said" role="alert">
      <span class="error">${icon('alert', 36)}</span>
      <h2>${pages.failed}</h2>
      <p>${pages.failedBody}</p>
      <button class="button fill" part="button button-primary" @click=${() => this.#open()}>${common.retry}</button>
    </div>`;
  }

  #open(): Promise<void> {
    this.#opened = this.#openNow();
    return this.#opened;
  }

  async #openNow(): Promise<void> {
    const opening = (this.#opening += 1);
    const { bytes } = this;
    void this.pdf?.close();
    this.pdf = undefined;
    this.failed = false;
    this.#pages.clear();
    this.#search = undefined;
    this.geometries = new Map();
    this.near = new Set([1]);
    this.#told.page = 0;
    this.#seen = false;
    if (!bytes) return;
    try {
      const { openPdf } = await import('../documents/open-pdf.js');
      const pdf = await openPdf(bytes, { assetsUrl: this.assetsUrl });
      // The layout begins with the true size of the first page.
      const page = await pdf.page(1).catch((error: unknown) => {
        void pdf.close();
        throw error;
      });
      if (opening !== this.#opening) return void pdf.close();
      this.#pages.set(1, Promise.resolve(page));
      this.geometries = new Map([[1, page.geometry]]);
      this.#measure(this.getBoundingClientRect());
      this.pdf = pdf;
      request(this, 'page-count', { documentId: this.document?.id ?? '', pages: pdf.pages });
      // Fields need the true geometry of their pages; the rest follows once something is on the screen.
      await Promise.all([...new Set(this.items.map(({ field }) => field.page))].filter((number) => number <= pdf.pages).map((number) => this.pageOf(number)));
    } catch {
      if (opening === this.#opening) this.failed = true;
    }
  }

  #measure(box: { width: number; height: number } | undefined): void {
    [this.room, this.roomHeight] = [box?.width ?? 0, box?.height ?? 0];
  }

  /** A page of the open document. */
  readonly pageOf = (number: number): Promise<PdfPage> => {
    const known = this.#pages.get(number);
    if (known) return known;
    if (!this.pdf) return Promise.reject(new Error('The document is not open.'));
    const page = this.pdf.page(number).then((ready) => {
      this.geometries = new Map(this.geometries).set(number, ready.geometry);
      return ready;
    });
    this.#pages.set(number, page);
    page.catch(() => this.#pages.delete(number));
    return page;
  };

  /** Which pages are close to the screen, and which one is read now. */
  readonly #look = (): void => {
    const { scroller } = this;
    if (!scroller || !this.pdf) return;
    const { scrollTop, clientHeight } = scroller;
    const middle = scrollTop + clientHeight / 2;
    const pages = [...scroller.querySelectorAll<SkyPage>('sky-page')].map((page) => ({
      number: page.number,
      top: page.offsetTop,
      bottom: page.offsetTop + page.offsetHeight,
    }));
    const away = ({ top, bottom }: { top: number; bottom: number }): number => Math.max(0, top - middle, middle - bottom);
    // What is in sight comes first, what is close to it afterwards.
    const reach = this.#seen ? 1.25 : 0.5;
    const near = pages
      .filter((page) => away(page) < clientHeight * reach)
      .sort((a, b) => away(a) - away(b))
      .slice(0, mostPainted);
    const numbers = near.map(({ number }) => number);
    if (numbers.length !== this.near.size || numbers.some((number) => !this.near.has(number))) this.near = new Set(numbers);
    const atEnd = scrollTop > 0 && scrollTop + clientHeight >= scroller.scrollHeight - 2;
    const current = atEnd ? this.pdf.pages : (near[0]?.number ?? 1);
    if (current === this.#told.page) return;
    this.#told.page = current;
    request(this, 'page-shown', { page: current });
  };

  #pageElement(number: number): SkyPage | undefined {
    return this.shadowRoot?.querySelectorAll<SkyPage>('sky-page')[number - 1];
  }

  #scrollTo(top: number, left?: number): void {
    const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches;
    const far = Math.abs((this.scroller?.scrollTop ?? 0) - top) > 4000;
    this.scroller?.scrollTo({ top, ...(left === undefined ? {} : { left }), behavior: still || far ? 'instant' : 'smooth' });
  }

  /** Before the pages change their size: which point of which page is under the pointer, or in the middle. */
  #keep(): void {
    const { scroller } = this;
    if (!scroller) return;
    const around = scroller.getBoundingClientRect();
    const { x, y } = this.#pointer ?? { x: around.left + around.width / 2, y: around.top + around.height / 2 };
    this.#pointer = undefined;
    const pages = [...scroller.querySelectorAll<SkyPage>('sky-page')];
    const page = pages.find((one) => one.getBoundingClientRect().bottom >= y) ?? pages.at(-1);
    if (!page) return;
    const box = page.getBoundingClientRect();
    this.#kept = { page, across: (x - box.left) / box.width, down: (y - box.top) / box.height, x, y };
  }

  /** Scrolls so that the point is where it was. */
  #restore(): void {
    const { scroller } = this;
    const kept = this.#kept;
    this.#kept = undefined;
    if (!kept || !scroller) return;
    const box = kept.page.getBoundingClientRect();
    scroller.scrollBy({ left: box.left + kept.across * box.width - kept.x, top: box.top + kept.down * box.height - kept.y, behavior: 'instant' });
  }

  #tallest(): number {
    return Math.max(...[...this.geometries.values()].map((geometry) => shownSize(geometry).height), 1);
  }

  /** Of all pages that are known, in points. */
  #widest(): number {
    return Math.max(...[...this.geometries.values()].map((geometry) => shownSize(geometry).width), 1);
  }

  #padding(): number {
    return this.room && this.room < 640 ? 8 : 24;
  }

  readonly #onPointer = (): void => {
    this.touch = this.#coarse?.matches ?? false;
  };

  #onKeydown(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
    event.preventDefault();
    request(this, 'search-open');
  }

  #onPageFailed(): void {
    this.failed = true;
  }

  #onPainted(): void {
    if (!this.#seen) {
      this.#seen = true;
      void nextFrame().then(this.#look);
    }
    request(this, 'painted', { documentId: this.document?.id ?? '' });
  }
}

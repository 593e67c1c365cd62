import { shownSize, toScreen, type OthersField, type PageGeometry, type SessionDocument } from '@sky-sign/protocol';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { DocumentBytes } from '../documents/document-bytes.js';
import type { Pdf, PdfPage } from '../documents/open-pdf.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import { asError, notLoaded } from '../store/as-error.js';
import type { ChecklistItem } from '../store/checklist.js';
import type { Work } from '../store/state.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { cssProps } from '../styles/css-props.js';
import { icon } from '../styles/icons.js';
import { nextFrame } from './next-frame.js';
import { cssPixelsPerPoint, largestOf, scaleFor, zoomedBy, type Zoom } from './page-scale.js';
import { Marking } from './marking.js';
import { createSearch, type Search } from './page-search.js';
import { pagesNear } from './pages-near.js';
import { Room } from './room.js';
import { createScrollAnchor, scrollSmoothly } from './scroll-anchor.js';
import { listenForZoom } from './zoom-gestures.js';
import { placesOf } from './field-choices.js';
import type { SkyField } from './sky-field.js';
import type { SkyPage } from './sky-page.js';
import { pagesStyles } from './sky-pages.styles.js';

interface Place {
  readonly bytes: DocumentBytes | undefined;
  readonly page: number;
  /** CSS pixels from the top of that page to the top of the window. */
  readonly below: number;
}

/** Before a page is asked for, it is taken to be A4. */
const a4: PageGeometry = { cropBox: [0, 0, 595, 842], rotate: 0, userUnit: 1 };
/** Canvas pixels (4 bytes each) that the painted pages share: 100 MB. */
const pixelBudget = 25_000_000;
const largestCanvas = 16_000_000;

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

  /** The document to show. */
  @property({ attribute: false }) document: SessionDocument | undefined;
  @property({ attribute: false }) bytes: DocumentBytes | undefined;
  /** Where PDF.js's worker, CMaps, fonts and WASM are; ends in a slash. */
  @property() assetsUrl = '';
  @property({ attribute: false }) zoom: Zoom = 'auto';
  /** Own fields on this document; none where nothing is to be filled. */
  @property({ attribute: false }) items: readonly ChecklistItem[] = [];
  @property({ attribute: false }) others: readonly OthersField[] = [];
  @property({ attribute: false }) work: Work | undefined;
  @property({ attribute: false }) messages!: Messages;

  #opening = 0;
  #opened: Promise<void> = Promise.resolve();
  #pages = new Map<number, Promise<PdfPage>>();
  #search: Search | undefined;
  #told = { page: 0, zoom: 0 };
  /** Where the reader was when the element was taken out of the page, to be moved. */
  #place: Place | undefined;
  /** Where the reader is: nothing of that can be asked once the element is out of the page. */
  #reading: Place | undefined;
  /** A page of this document has been on the screen. */
  #seen = false;
  /** The scale that the pages are laid out with; a point of the window stays where it is when that changes. */
  #laidOut = 0;
  readonly #anchor = createScrollAnchor();
  readonly #room = new Room(this);
  readonly #marking = new Marking(this);

  constructor() {
    super();
    listenForZoom(this, (factor, at) => {
      this.#anchor.pointer = at;
      request(this, 'zoom', { zoom: zoomedBy(factor, this.scale) });
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#opening += 1;
    this.#place = this.#reading;
    void this.pdf?.close();
    this.pdf = undefined;
  }

  /** CSS pixels per point. */
  get scale(): number {
    return scaleFor(this.zoom, { pages: this.geometries.values(), width: this.#room.width, height: this.#room.height });
  }

  /** Scrolls to a page. */
  async showPage(number: number): Promise<void> {
    await this.#opened;
    await this.updateComplete;
    const page = this.#pageElement(number);
    if (page && this.scroller) scrollSmoothly(this.scroller, page.offsetTop - 16);
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
    scrollSmoothly(this.scroller, page.offsetTop + box.top - Math.max(48, (this.scroller.clientHeight - box.height) / 2), page.offsetLeft + box.left - 24);
    element.focus({ preventScroll: true });
    return element;
  }

  /** Finds text; `step` moves from result to result. */
  async search(text: string, step: 0 | 1 | -1): Promise<void> {
    this.#marking.begin();
    await this.#opened;
    if (!this.pdf) return;
    this.#search ??= createSearch({
      pages: this.pdf.pages,
      pageOf: (number) => this.pageOf(number),
      spansOf: (number) => this.#pageElement(number)?.textSpans ?? [],
      show: (number, span) => {
        const page = this.#pageElement(number);
        if (page) scrollSmoothly(this.scroller, page.offsetTop + (span ? span.offsetTop - 120 : -16));
      },
      told: (found) => request(this, 'found', found),
    });
    await this.#search.find(text, step);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('bytes')) void this.#open();
    const { scale } = this;
    if (this.#laidOut !== 0 && this.#laidOut !== scale) this.#anchor.keep(this.scroller);
    this.#laidOut = this.pdf && this.#room.width ? scale : 0;
  }

  protected override updated(): void {
    this.#anchor.restore(this.scroller);
    // Afterwards: what is near may ask for another update.
    void this.updateComplete.then(this.#tell);
  }

  readonly #tell = (): void => {
    const zoom = this.scale / cssPixelsPerPoint;
    if (this.#room.width && Math.abs(zoom - this.#told.zoom) > 0.001) {
      this.#told.zoom = zoom;
      request(this, 'shown-zoom', { zoom });
    }
    this.#look();
  };

  protected override render(): TemplateResult {
    if (this.failed) return this.#renderFailed();
    if (!this.pdf || !this.#room.width) return html`<div class="said busy" role="status">${icon('busy', 36)}<p>${this.messages.pages.loading}</p></div>`;
    const { pages } = this.pdf;
    const { scale } = this;
    return html`<div
      class="pages ${largestOf(this.geometries.values()).width * scale <= this.#room.width ? 'fits' : ''}"
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
      .touch=${this.#room.touch}
      ?marked=${this.#marking.begun}
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
    const closed = this.pdf?.close();
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
      // What is still being closed would take the worker from under the next one.
      await closed;
      const { openPdf } = await import('../documents/open-pdf.js').catch((error: unknown) => {
        throw notLoaded(error);
      });
      const pdf = await openPdf(bytes, { assetsUrl: this.assetsUrl });
      // The layout begins with the true size of the first page.
      const page = await pdf.page(1).catch((error: unknown) => {
        void pdf.close();
        throw error;
      });
      if (opening !== this.#opening) return void pdf.close();
      this.#pages.set(1, Promise.resolve(page));
      this.geometries = new Map([[1, page.geometry]]);
      this.#room.measure();
      this.pdf = pdf;
      request(this, 'page-count', { documentId: this.document?.id ?? '', pages: pdf.pages });
      await this.#backToPlace(bytes);
      // Fields need the true geometry of their pages; the rest follows once something is on the screen.
      await Promise.all([...new Set(this.items.map(({ field }) => field.page))].filter((number) => number <= pdf.pages).map((number) => this.pageOf(number)));
    } catch (error) {
      if (opening === this.#opening) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.failed) return;
    this.failed = true;
    request(this, 'document-failed', { documentId: this.document?.id ?? '', error: asError(error) });
  }

  async #backToPlace(bytes: DocumentBytes): Promise<void> {
    const place = this.#place;
    this.#place = undefined;
    if (place?.bytes !== bytes) return;
    await this.pageOf(place.page);
    await this.updateComplete;
    const page = this.#pageElement(place.page);
    if (page && this.scroller) this.scroller.scrollTop = page.offsetTop + place.below;
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
    // What is in sight comes first, what is close to it afterwards.
    const { near, current } = pagesNear(scroller, this.#seen ? 1.25 : 0.5);
    if (near.length !== this.near.size || near.some((number) => !this.near.has(number))) this.near = new Set(near);
    this.#reading = { bytes: this.bytes, page: current, below: scroller.scrollTop - (this.#pageElement(current)?.offsetTop ?? 0) };
    if (current === this.#told.page) return;
    this.#told.page = current;
    request(this, 'page-shown', { documentId: this.document?.id ?? '', page: current, pages: this.pdf.pages });
  };

  #pageElement(number: number): SkyPage | undefined {
    return this.shadowRoot?.querySelectorAll<SkyPage>('sky-page')[number - 1];
  }

  #onKeydown(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
    event.preventDefault();
    request(this, 'search-open');
  }

  #onPageFailed({ error }: ErrorEvent): void {
    this.#fail(error);
  }

  #onPainted(): void {
    if (!this.#seen) {
      this.#seen = true;
      void nextFrame().then(this.#look);
    }
    request(this, 'painted', { documentId: this.document?.id ?? '' });
  }
}

import { shownSize, toScreen, type OthersField, type PageGeometry, type ScreenBox } from '@sky-sign/protocol';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PdfLink, PdfPage } from '../documents/open-pdf.js';
import type { Messages } from '../messages/messages.js';
import type { ChecklistItem } from '../store/checklist.js';
import type { Work } from '../store/state.js';
import { base } from '../styles/base.js';
import { cssProps } from '../styles/css-props.js';
import { paperTokens } from '../styles/tokens.js';
import { nextFrame } from './next-frame.js';
import { placesOf, type PlacedButton } from './field-choices.js';
import type { SkyField } from './sky-field.js';
import { pageStyles } from './sky-page.styles.js';

/** Canvas pixels: no browser paints a longer one. */
const longestSide = 16_000;

interface PlacedItem {
  readonly item: ChecklistItem;
  readonly key: string;
  readonly box: ScreenBox;
  readonly buttons: readonly PlacedButton[];
  readonly echo: boolean;
}

/**
 * @summary One sheet of paper: the painted page, its selectable text, its links, and the fields over it.
 * @csspart page
 */
export class SkyPage extends LitElement {
  static override styles = [base, paperTokens, pageStyles];

  @query('.picture') private readonly picture!: HTMLElement;
  @query('.text') private readonly text!: HTMLElement;

  @property({ type: Number }) number = 1;
  @property({ type: Number }) pages = 1;
  @property({ attribute: false }) geometry: PageGeometry | undefined;
  /** Gives the page to paint; the geometry of a page that was not asked for yet is a guess. */
  @property({ attribute: false }) pageOf: ((number: number) => Promise<PdfPage>) | undefined;
  /** Close enough to the screen to be painted. */
  @property({ type: Boolean }) near = false;
  /** CSS pixels per point. */
  @property({ type: Number }) scale = 1;
  /** Canvas pixels that this page may take. */
  @property({ type: Number }) pixelLimit = 4_000_000;
  @property({ attribute: false }) items: readonly ChecklistItem[] = [];
  @property({ attribute: false }) others: readonly OthersField[] = [];
  @property({ attribute: false }) work: Work | undefined;
  /** The text over the picture shows marks; until there are any, it need not be painted. */
  @property({ type: Boolean, reflect: true }) marked = false;
  @property({ type: Boolean }) touch = false;
  @property({ attribute: false }) messages!: Messages;

  #painting: AbortController | undefined;
  /** What is painted, or being painted. */
  #picture = '';
  /** Has been close to the screen, or has something on it: before that, a sheet of white paper will do. */
  #inUse = false;
  /** The language that the file says its text is in. */
  #language: string | undefined;
  #links: readonly PdfLink[] = [];
  /** What links are called that the file's structure gives words to. */
  #linkNames: ReadonlyMap<string, string> = new Map();

  /** The control of a field on this page. */
  fieldElement(fieldId: string): SkyField | undefined {
    const fields = this.shadowRoot?.querySelectorAll<SkyField>('sky-field') ?? [];
    return [...fields].find(({ item, echo }) => item?.field.id === fieldId && !echo);
  }

  /** The spans of the page's text, in reading order; for search. */
  get textSpans(): readonly HTMLElement[] {
    return [...(this.text?.querySelectorAll<HTMLElement>('.layer span') ?? [])].filter(({ children }) => children.length === 0);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#clear();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.near || !this.pageOf) this.#clear();
    else if (changed.has('near') || changed.has('scale') || changed.has('pageOf') || changed.has('pixelLimit')) void this.#paint();
  }

  protected override willUpdate(): void {
    this.#inUse ||= this.near || this.items.length > 0 || this.others.length > 0;
  }

  protected override render(): TemplateResult {
    const name = this.messages.pages.page(this.number, this.pages);
    if (!this.#inUse) return html`<div class="paper" part="page" role="group" aria-label=${name}></div>`;
    const unit = this.geometry?.userUnit ?? 1;
    return html`<div class="paper" part="page" role="group" aria-label=${name}>
      <div class="picture" aria-hidden="true"></div>
      <div class="text" lang=${this.#language ?? nothing} ${cssProps({ '--total-scale-factor': String(this.scale * unit) })}></div>
      ${this.#links.map((link) => this.#renderLink(link))}
      ${this.others.map((field) => this.#renderOther(field))}
      ${repeat(this.items.flatMap((item) => this.#placed(item)), ({ key }) => key, (placed) => this.#renderField(placed))}
    </div>`;
  }

  #renderLink({ id, url, rect }: PdfLink): TemplateResult | typeof nothing {
    if (!this.geometry) return nothing;
    const { left, top, width, height } = toScreen(rect, this.geometry, this.scale);
    const place = cssProps({ left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    const name = this.#linkNames.get(id);
    return html`<a class="out" id=${id} href=${url} target="_blank" rel="noopener noreferrer" aria-label=${name ?? url} title=${url} ${place}></a>`;
  }

  #renderOther({ rect, owner, kind }: OthersField): TemplateResult | typeof nothing {
    if (!this.geometry) return nothing;
    const { left, top, width, height } = toScreen(rect, this.geometry, this.scale);
    const words = this.messages.field.others(owner, kind);
    const place = cssProps({ left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    return html`<div class="other" role="img" aria-label=${words} ${place}>${this.scale < 0.8 ? nothing : html`<span aria-hidden="true">${words}</span>`}</div>`;
  }

  /** What of a field is on this page: its control, or places that only show its value. A radio group is one control around its buttons. */
  #placed(item: ChecklistItem): PlacedItem[] {
    const { geometry, scale } = this;
    const { id, kind, options = [] } = item.field;
    if (!geometry) return [];
    const here = placesOf(item.field).flatMap((place, i) => (place.page === this.number ? [{ ...place, i, box: toScreen(place.rect, geometry, scale) }] : []));
    if (kind !== 'radio') return here.map(({ i, box }) => ({ item, key: `${id} ${String(i)}`, box, buttons: [], echo: i > 0 }));
    if (here.length === 0) return [];
    const around = boxAround(here.map(({ box }) => box));
    const buttons = here.map(({ box, value = '' }): PlacedButton => ({
      ...box,
      left: box.left - around.left,
      top: box.top - around.top,
      value,
      label: options.find((option) => option.value === value)?.label ?? value,
    }));
    return [{ item, key: id, box: around, buttons, echo: false }];
  }

  #renderField({ item, box: { left, top, width, height }, buttons, echo }: PlacedItem): TemplateResult | typeof nothing {
    if (!this.geometry) return nothing;
    const { id } = item.field;
    return html`<sky-field
      exportparts="field, field-current, field-done, field-error, field-tag, input, hint"
      .item=${item}
      .value=${this.work?.values.get(id)}
      .locale=${this.work?.session.recipient.locale ?? 'ja'}
      .seal=${this.work?.seals.get(id)}
      .problem=${this.work?.problems.get(id)}
      .scale=${this.scale}
      .width=${width}
      .height=${height}
      .room=${shownSize(this.geometry).width * this.scale - left - width}
      .touch=${this.touch}
      .buttons=${buttons}
      .echo=${echo}
      .messages=${this.messages}
      ${cssProps({ left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px`, 'z-index': item.current ? '3' : '2', ...(buttons.length > 0 && { 'pointer-events': 'none' }) })}
    ></sky-field>`;
  }

  async #paint(): Promise<void> {
    const { pageOf, number, scale } = this;
    const pictureOf = (density: number | undefined): string => `${number} ${scale} ${density}`;
    let density = this.geometry && this.#density(this.geometry);
    if (!pageOf || this.#picture === pictureOf(density)) return;
    this.#painting?.abort();
    const painting = new AbortController();
    this.#painting = painting;
    this.#picture = pictureOf(density);
    const { signal } = painting;
    try {
      const page = await pageOf(number);
      if (signal.aborted) return;
      density ??= this.#density(page.geometry);
      this.#picture = pictureOf(density);
      // The old picture stays, stretched, until the new one is ready.
      const canvas = document.createElement('canvas');
      await page.paint(canvas, { scale, density, signal });
      if (signal.aborted) return;
      this.#release();
      this.picture.replaceChildren(canvas);
      this.dispatchEvent(new Event('sky-page-painted', { bubbles: true }));
      // The picture is on the screen before anything else is done for the page.
      await nextFrame();
      if (signal.aborted) return;
      const layer = document.createElement('div');
      layer.className = 'layer';
      await page.layText(layer, { scale, signal });
      this.text.replaceChildren(layer);
      this.#links = await page.links();
      // The text can be read without them.
      await this.#layStructure(page, layer).catch(() => undefined);
      this.requestUpdate();
    } catch (error) {
      if (signal.aborted) return;
      this.#picture = '';
      this.dispatchEvent(new ErrorEvent('sky-page-failed', { error, bubbles: true }));
    }
  }

  /** Last of all: the language, and headings, lists and tables where the file is tagged. */
  async #layStructure(page: PdfPage, layer: HTMLElement): Promise<void> {
    this.#language = await page.language();
    const tree = await page.structure();
    if (!tree || !layer.isConnected) return;
    const { layStructure } = await import('../documents/lay-structure.js');
    if (!layer.isConnected) return;
    const { element, linkNames } = layStructure(tree, { layer, linkIds: new Set(this.#links.map(({ id }) => id)) });
    layer.before(element);
    this.#linkNames = linkNames;
  }

  /** Sharp on the screen at hand, within the pixels that this page may take. */
  #density(geometry: PageGeometry): number {
    const size = shownSize(geometry);
    const [width, height] = [size.width * this.scale, size.height * this.scale];
    const most = Math.min(Math.sqrt(this.pixelLimit / Math.max(1, width * height)), longestSide / Math.max(1, width, height));
    return Math.floor(Math.min(window.devicePixelRatio || 1, most) * 1000) / 1000;
  }

  #clear(): void {
    this.#painting?.abort();
    this.#painting = undefined;
    if (!this.hasUpdated || this.#picture === '') return;
    this.#picture = '';
    this.pageOf?.(this.number).then(
      (page) => this.near || page.rest(),
      () => undefined,
    );
    this.#release();
    this.picture.replaceChildren();
    this.text.replaceChildren();
    this.#links = [];
    this.#linkNames = new Map();
  }

  /** A canvas keeps its memory until it is made small. */
  #release(): void {
    for (const canvas of this.picture.querySelectorAll('canvas')) canvas.width = canvas.height = 0;
  }
}

function boxAround(boxes: readonly ScreenBox[]): ScreenBox {
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const [right, bottom] = [Math.max(...boxes.map((box) => box.left + box.width)), Math.max(...boxes.map((box) => box.top + box.height))];
  return { left, top, width: right - left, height: bottom - top };
}

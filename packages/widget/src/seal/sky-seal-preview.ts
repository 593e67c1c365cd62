import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, queryAll } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { base } from '../styles/base.js';
import { cssProps } from '../styles/css-props.js';
import { paperTokens } from '../styles/tokens.js';
import { isOtherSize, shrunkToField, tenths, type PaperSize } from './fit-seal.js';
import type { SealPicture } from './seal-picture.js';
import { sealPreviewStyles } from './sky-seal-preview.styles.js';

const cssPixelsPerMm = 96 / 25.4;

/**
 * @summary A seal enlarged, and at its size on paper beside a name.
 * @csspart seal-preview
 */
export class SkySealPreview extends LitElement {
  static override styles = [base, paperTokens, sealPreviewStyles];

  @queryAll('canvas') private readonly canvases!: NodeListOf<HTMLCanvasElement>;

  @property({ attribute: false }) picture: SealPicture | undefined;
  /** Where the seal will stand: its edge is drawn around it, where there is room. */
  @property({ attribute: false, hasChanged: isOtherSize }) field: PaperSize | undefined;
  /** Whose name stands beside the seal. */
  @property() name = '';
  /** The picture has lost its white paper: it stands on a checkerboard. */
  @property({ type: Boolean, reflect: true }) transparent = false;
  @property({ attribute: false }) messages!: Messages;

  /** A telephone that is turned has other room. */
  #sizes: ResizeObserver | undefined;
  #drawnNarrow = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes = new ResizeObserver(() => {
      if (this.#isNarrow() !== this.#drawnNarrow) requestAnimationFrame(() => this.#draw());
    });
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('picture') || changed.has('field')) this.#draw();
  }

  #isNarrow(): boolean {
    const around = this.canvases[0]?.parentElement;
    return this.offsetWidth > 0 && around !== undefined && around !== null && around.clientHeight < 200;
  }

  #draw(): void {
    const [large, real] = this.canvases;
    const { picture } = this;
    if (!large || !real) return;
    for (const canvas of [large, real]) canvas.width = canvas.height = 0;
    if (!picture) return;
    const narrow = (this.#drawnNarrow = this.#isNarrow());
    const [width, height] = [picture.widthMm * cssPixelsPerMm, picture.heightMm * cssPixelsPerMm];
    const room = narrow ? 108 : 196;
    draw(large, picture, Math.min(2, room / width, (narrow ? 108 : 168) / height));
    const placed = (this.field && shrunkToField(picture, this.field)) ?? picture;
    draw(real, picture, Math.min(placed.widthMm / picture.widthMm, (narrow ? 140 : 200) / width, 120 / height));
  }

  protected override render(): TemplateResult {
    const { seal } = this.messages;
    const { widthMm = 0, heightMm = 0 } = this.picture ?? {};
    return html`<div class="preview" part="seal-preview" role="img" aria-label=${seal.preview}>
      <div class="large"><canvas width="0" height="0"></canvas>${this.picture ? html`<span class="size">${seal.measure(tenths(widthMm), tenths(heightMm))}</span>` : ''}</div>
      <div class="paper">
        ${seal.onPaper}
        <div class="line"><span>${this.name}</span><div class="place" ${cssProps(this.#placeSize())}><canvas width="0" height="0"></canvas></div></div>
      </div>
    </div>`;
  }

  /** The field at its size on paper; nothing where it is too large for the preview. */
  #placeSize(): Record<string, string> {
    const { widthMm = 0, heightMm = 0 } = this.field ?? {};
    const [width, height] = [widthMm * cssPixelsPerMm, heightMm * cssPixelsPerMm];
    const fits = width > 0 && width <= 140 && height <= 120;
    return { '--_place-width': fits ? `${width}px` : 'auto', '--_place-height': fits ? `${height}px` : 'auto', '--_place-line': fits ? '1px' : '0' };
  }
}

/** Paints the picture at `scale` times its true size, sharp on the screen at hand. */
function draw(canvas: HTMLCanvasElement, { canvas: source, widthMm, heightMm }: SealPicture, scale: number): void {
  const density = window.devicePixelRatio || 1;
  const [width, height] = [widthMm * cssPixelsPerMm * scale, heightMm * cssPixelsPerMm * scale];
  canvas.width = Math.max(1, Math.round(width * density));
  canvas.height = Math.max(1, Math.round(height * density));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
}

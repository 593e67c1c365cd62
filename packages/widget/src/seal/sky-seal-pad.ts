import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import SignaturePad, { type PointGroup } from 'signature_pad';
import type { Messages } from '../messages/messages.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { choices } from '../styles/choices.js';
import { form } from '../styles/form.js';
import { icon } from '../styles/icons.js';
import { drawHandwriting, scaleStrokes } from './handwriting.js';
import type { SealMemory } from './seal-memory.js';
import type { SealPicture } from './seal-picture.js';
import { sealPadStyles, padHeight } from './sky-seal-pad.styles.js';

/** Thinnest and thickest, in CSS pixels. */
const widths = { thin: [1, 2.6], normal: [1.8, 4.6], thick: [3, 7.5] } as const;
type Width = keyof typeof widths;

/**
 * @summary A signature by hand: pen, finger or mouse. Strokes survive scrolling, resizing and turning the device.
 * @csspart pad button error
 */
export class SkySealPad extends LitElement {
  static override styles = [base, button, choices, form, sealPadStyles];

  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  @state() private empty = true;
  @state() private missing = false;
  @state() private width: Width = 'normal';

  @property({ attribute: false }) memory: SealMemory = {};
  @property({ attribute: false }) messages!: Messages;

  #pad: SignaturePad | undefined;
  #sizes: ResizeObserver | undefined;
  #padWidth = 0;

  take(): SealPicture | undefined {
    const strokes = this.#pad?.toData() ?? [];
    const picture = strokes.length ? drawHandwriting({ strokes, padWidth: this.#padWidth }, { padHeight }) : undefined;
    this.missing = picture === undefined;
    if (picture) this.memory.handwriting = { strokes, padWidth: this.#padWidth };
    return picture;
  }

  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('.pad')?.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#pad?.off();
    this.#pad = undefined;
  }

  protected override firstUpdated(): void {
    const [minWidth, maxWidth] = widths[this.width];
    const pad = new SignaturePad(this.canvas, { penColor: '#1a1a1a', minWidth, maxWidth, dotSize: maxWidth * 0.8 });
    pad.addEventListener('beginStroke', () => (this.missing = false));
    pad.addEventListener('endStroke', () => this.#changed());
    this.#pad = pad;
    const before = this.memory.handwriting;
    this.#fit(before?.strokes ?? [], before?.padWidth);
    this.#sizes = new ResizeObserver(() => this.#fit(this.#pad?.toData() ?? [], this.#padWidth));
    this.#sizes.observe(this.canvas);
    this.empty = pad.isEmpty();
  }

  protected override render(): TemplateResult {
    const { seal } = this.messages;
    return html`<div class="panel" @keydown=${this.#onKeydown}>
      <p>${seal.padHint}</p>
      <p class="hint" id="hint">${seal.padKeyboard}</p>
      <div class="pad" part="pad" role="img" tabindex="0" aria-label=${seal.pad} aria-describedby="hint error"><canvas></canvas></div>
      ${this.missing ? html`<p class="message" part="error" id="error" role="alert">${icon('alert')}<span>${seal.missingStroke}</span></p>` : nothing}
      <div class="tools">
        <button class="button" part="button" aria-disabled=${this.empty ? 'true' : nothing} @click=${this.#undo}>${icon('undo')}${seal.undo}</button>
        <button class="button" part="button" aria-disabled=${this.empty ? 'true' : nothing} @click=${this.#clear}>${icon('bin')}${seal.clear}</button>
        <fieldset>
          <legend>${seal.thickness}</legend>
          <div class="choices">
            ${(Object.keys(widths) as Width[]).map(
              (width) => html`<label class="choice"><input type="radio" name="width" .checked=${width === this.width} @change=${() => this.#chooseWidth(width)} />${seal[width]}</label>`,
            )}
          </div>
        </fieldset>
      </div>
    </div>`;
  }

  /** Fits the canvas to its room and draws the strokes again, larger or smaller with it. */
  #fit(strokes: readonly PointGroup[], before = 0): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (!this.#pad || clientWidth === 0 || (clientWidth === this.#padWidth && before === this.#padWidth)) return;
    const density = Math.max(window.devicePixelRatio || 1, 1);
    this.canvas.width = Math.round(clientWidth * density);
    this.canvas.height = Math.round(clientHeight * density);
    this.canvas.getContext('2d')?.scale(density, density);
    this.#padWidth = clientWidth;
    this.#pad.clear();
    this.#pad.fromData(scaleStrokes(strokes, before ? clientWidth / before : 1));
  }

  #changed(): void {
    this.empty = this.#pad?.isEmpty() ?? true;
    this.dispatchEvent(new Event('sky-seal-changed', { bubbles: true }));
  }

  #undo(): void {
    const strokes = this.#pad?.toData() ?? [];
    this.#pad?.fromData(strokes.slice(0, -1));
    this.#changed();
  }

  #clear(): void {
    this.#pad?.clear();
    this.#changed();
  }

  /** For what has been written, too: people see what they choose. */
  #chooseWidth(width: Width): void {
    const [minWidth, maxWidth] = widths[width];
    this.width = width;
    if (!this.#pad) return;
    Object.assign(this.#pad, { minWidth, maxWidth, dotSize: maxWidth * 0.8 });
    this.#pad.fromData(this.#pad.toData().map((stroke) => ({ ...stroke, minWidth, maxWidth, dotSize: maxWidth * 0.8 })));
  }

  #onKeydown(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    this.#undo();
  }
}

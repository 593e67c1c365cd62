import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import SignaturePad, { type PointGroup } from 'signature_pad';
import type { Messages } from '../messages/messages.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { choices } from '../styles/choices.js';
import { form } from '../styles/form.js';
import { icon } from '../styles/icons.js';
import { isOtherSize, shrunkToField, type PaperSize } from './fit-seal.js';
import { fitStrokes, scaleStrokes, toCurves, type Handwriting, type Room } from './handwriting.js';
import { followPressure } from './pen-pressure.js';
import { thicknesses, type SealMemory } from './seal-memory.js';
import type { SealDrawing } from './seal-picture.js';
import { sealPadStyles } from './sky-seal-pad.styles.js';

type Thickness = (typeof thicknesses)[number];
/** Thinnest and thickest radius, in CSS pixels. */
const radii: Readonly<Record<Thickness, readonly [number, number]>> = { thin: [1, 2.6], normal: [1.8, 4.6], thick: [3, 7.5] };

/**
 * @summary A signature by hand: pen, finger or mouse. Strokes survive scrolling, resizing and turning the device.
 * @csspart pad button error
 */
export class SkySealPad extends LitElement {
  static override styles = [base, button, choices, form, sealPadStyles];

  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  @state() private empty = true;
  @state() private missing = false;
  @state() private thickness: Thickness = 'normal';
  @state() private note = '';

  @property({ attribute: false }) memory: SealMemory = {};
  /** Where the signature will stand. */
  @property({ attribute: false, hasChanged: isOtherSize }) field: PaperSize | undefined;
  @property({ attribute: false }) messages!: Messages;

  #pad: SignaturePad | undefined;
  #sizes: ResizeObserver | undefined;
  /** The pad's size when the first stroke was made, and by how much what is shown is larger. */
  #room: Room = { width: 0, height: 0 };
  #scale = 1;

  take(): SealDrawing | undefined {
    const drawing = toCurves(this.#writing());
    this.missing = drawing === undefined;
    return drawing;
  }

  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('.pad')?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#pad?.off();
    this.#pad = undefined;
  }

  protected override firstUpdated(): void {
    this.thickness = this.memory.thickness ?? 'normal';
    this.#start();
  }

  protected override render(): TemplateResult {
    const { seal } = this.messages;
    return html`<div class="panel" @keydown=${this.#onKeydown}>
      <p class="how">${seal.padHint}</p>
      <p class="hint how" id="hint">${seal.padKeyboard}</p>
      <div class="around">
        <div class="pad" part="pad" role="img" tabindex="0" aria-label=${seal.pad} aria-describedby="hint error"><canvas></canvas></div>
        ${this.missing ? html`<p class="message" part="error" id="error" role="alert">${icon('alert')}<span>${seal.missingStroke}</span></p>` : nothing}
      </div>
      <div class="tools">
        <button class="button" part="button" aria-disabled=${this.empty ? 'true' : nothing} @click=${this.#undo}>${icon('undo')}${seal.undo}</button>
        <button class="button" part="button" aria-disabled=${this.empty ? 'true' : nothing} @click=${this.#clear}>${icon('bin')}${seal.clear}</button>
        <fieldset>
          <legend>${seal.thickness}</legend>
          <div class="choices">
            ${thicknesses.map(
              (one) => html`<label class="choice"><input type="radio" name="thickness" .checked=${one === this.thickness} @change=${() => this.#chooseThickness(one)} />${seal[one]}</label>`,
            )}
          </div>
        </fieldset>
      </div>
      <p class="hint small">${this.note}</p>
    </div>`;
  }

  #start(): void {
    const [minWidth, maxWidth] = radii[this.thickness];
    const pad = new SignaturePad(this.canvas, { penColor: '#1a1a1a', minWidth, maxWidth, dotSize: maxWidth * 0.8 });
    pad.addEventListener('beginStroke', () => (this.missing = false));
    followPressure(pad);
    pad.addEventListener('endStroke', () => this.#changed());
    this.#pad = pad;
    this.#room = { width: 0, height: 0 };
    this.#fit();
    this.#sizes = new ResizeObserver(() => this.#fit());
    this.#sizes.observe(this.canvas);
    this.#tell();
  }

  /** Fits the canvas to its room and draws all strokes so that they are seen in it. */
  #fit(): void {
    const { canvas } = this;
    const writing = (this.#room.width === 0 && this.memory.handwriting) || this.#writing();
    const room = { width: canvas.clientWidth, height: canvas.clientHeight };
    if (!this.#pad || room.width === 0) return;
    const density = Math.max(window.devicePixelRatio || 1, 1);
    const [width, height] = [Math.round(room.width * density), Math.round(room.height * density)];
    const isEmpty = writing.strokes.length === 0;
    this.#room = isEmpty ? room : writing.room;
    const scale = isEmpty ? 1 : fitStrokes(writing, room);
    if (canvas.width === width && canvas.height === height && this.#pad.toData().length === writing.strokes.length) return;
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.scale(density, density);
    this.#scale = scale;
    this.#show(scaleStrokes(writing.strokes, scale));
  }

  /** Strokes as they would be on the pad that the first of them was made on. */
  #writing(): Handwriting {
    return { strokes: scaleStrokes(this.#pad?.toData() ?? [], 1 / this.#scale), room: this.#room };
  }

  /** A stroke that is being made ends here: the pad would wait for ever for a pointer that it has forgotten. */
  #show(strokes: PointGroup[]): void {
    this.#pad?.off();
    this.#pad?.fromData(strokes);
    this.#pad?.on();
  }

  #changed(): void {
    const writing = this.#writing();
    this.memory.handwriting = writing.strokes.length ? writing : undefined;
    if (!writing.strokes.length) {
      this.#room = { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
      this.#scale = 1;
    }
    this.#tell();
    this.dispatchEvent(new Event('sky-seal-changed', { bubbles: true }));
  }

  #tell(): void {
    this.empty = this.#pad?.isEmpty() ?? true;
    const drawing = this.field && toCurves(this.#writing());
    const shrunk = drawing && this.field && shrunkToField(drawing, this.field);
    this.note = shrunk ? this.messages.seal.shrunk(shrunk.widthMm, shrunk.heightMm) : '';
  }

  #undo(): void {
    this.#show(this.#pad?.toData().slice(0, -1) ?? []);
    this.#changed();
  }

  #clear(): void {
    this.#show([]);
    this.#changed();
  }

  /** For what has been written, too: people see what they choose. */
  #chooseThickness(thickness: Thickness): void {
    const [minWidth, maxWidth] = radii[thickness];
    this.thickness = this.memory.thickness = thickness;
    if (!this.#pad) return;
    Object.assign(this.#pad, { minWidth, maxWidth, dotSize: maxWidth * 0.8 });
    this.#show(this.#pad.toData().map((stroke) => ({ ...stroke, minWidth, maxWidth, dotSize: maxWidth * 0.8 })));
    if (!this.empty) this.#changed();
  }

  #onKeydown(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    this.#undo();
  }
}

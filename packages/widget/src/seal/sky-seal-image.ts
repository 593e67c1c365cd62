import type { SigningSession } from '@sky-sign/protocol';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { form } from '../styles/form.js';
import { icon } from '../styles/icons.js';
import { cutOut, readScan } from './image-seal.js';
import { isOtherSize, shrunkToField, type PaperSize } from './fit-seal.js';
import { panelStyles } from './panel.styles.js';
import type { SealMemory } from './seal-memory.js';
import type { SealPicture } from './seal-picture.js';
import { sealImageStyles } from './sky-seal-image.styles.js';

type Problem = keyof Messages['seal']['imageRefused'] | 'missing';

const defaultThreshold = 210;
const defaultWidthMm = 21;

/**
 * @summary A seal from a scan: paper made transparent, trimmed, sized.
 * @csspart label input hint error button seal-preview
 */
export class SkySealImage extends LitElement {
  static override styles = [base, button, form, panelStyles, sealImageStyles];

  @query('input[type=file]') private readonly file!: HTMLInputElement | null;
  @query('.choose') private readonly chooser!: HTMLButtonElement | null;
  @state() private scan: ImageData | undefined;
  @state() private threshold = defaultThreshold;
  @state() private widthMm = defaultWidthMm;
  @state() private picture: SealPicture | undefined;
  @state() private problem: Problem | undefined;
  @state() private over = false;

  @property({ attribute: false }) recipient: SigningSession['recipient'] | undefined;
  @property({ attribute: false }) memory: SealMemory = {};
  @property({ attribute: false, hasChanged: isOtherSize }) field: PaperSize | undefined;
  @property({ attribute: false }) messages!: Messages;

  take(): SealPicture | undefined {
    if (this.picture) return this.picture;
    this.problem ??= 'missing';
    this.chooser?.focus();
    return undefined;
  }

  override focus(options?: FocusOptions): void {
    this.chooser?.focus(options);
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated && this.memory.scan) {
      this.scan = this.memory.scan.data;
      this.threshold = this.memory.scan.threshold;
      this.widthMm = this.memory.scan.widthMm;
      this.#cut();
    }
  }

  protected override render(): TemplateResult {
    const { seal } = this.messages;
    const words = this.problem && (this.problem === 'missing' ? seal.missingFile : seal.imageRefused[this.problem]);
    const shrunk = this.picture && this.field && shrunkToField(this.picture, this.field);
    return html`<div class="halves">
      <div class="choosing">
        <div>
          <span class="label" part="label" id="label">${seal.file}</span>
          <p class="hint" part="hint" id="hint">${seal.fileHint}</p>
          <div class="drop ${this.over ? 'over' : ''}" @dragover=${this.#onDragOver} @dragleave=${() => (this.over = false)} @drop=${this.#onDrop}>
            <input type="file" hidden accept="image/png,image/jpeg,image/webp" @change=${this.#onFile} />
            <button class="button line choose" part="button" aria-describedby="label hint error" @click=${() => this.file?.click()}>${this.scan ? seal.replace : seal.choose}</button>
            <span class="muted small">${seal.drop}</span>
          </div>
          ${words ? html`<p class="message" part="error" id="error" role="alert">${icon('alert')}<span>${words}</span></p>` : nothing}
        </div>
        ${this.scan ? this.#renderAdjusting() : nothing}
      </div>
      <div>
        <sky-seal-preview exportparts="seal-preview" transparent .picture=${this.picture} .field=${this.field} .name=${this.recipient?.name ?? ''} .messages=${this.messages}></sky-seal-preview>
        ${shrunk ? html`<p class="note">${seal.shrunk(shrunk.widthMm, shrunk.heightMm)}</p>` : nothing}
        <p class="note wide">${seal.changeable}</p>
      </div>
    </div>`;
  }

  #renderAdjusting(): TemplateResult {
    const { seal } = this.messages;
    return html`<div>
        <label class="legend" for="threshold">${seal.threshold}</label>
        <input id="threshold" type="range" min="0" max="205" .value=${String(255 - this.threshold)} @input=${this.#onThreshold} />
      </div>
      <div>
        <label class="legend" for="width">${seal.width}</label>
        <div class="millimetres"><input class="input" part="input" id="width" type="number" min="5" max="100" step="0.5" .value=${String(this.widthMm)} @change=${this.#onWidth} /> mm</div>
      </div>`;
  }

  #onDragOver(event: DragEvent): void {
    event.preventDefault();
    this.over = true;
  }

  #onDrop(event: DragEvent): void {
    event.preventDefault();
    this.over = false;
    const [file] = event.dataTransfer?.files ?? [];
    if (file) void this.#read(file);
  }

  #onFile({ target }: Event): void {
    const [file] = (target as HTMLInputElement).files ?? [];
    if (file) void this.#read(file);
    (target as HTMLInputElement).value = '';
  }

  async #read(file: File): Promise<void> {
    const scan = await readScan(file);
    if (typeof scan === 'string') {
      this.problem = scan;
      return;
    }
    this.problem = undefined;
    this.scan = scan;
    this.#cut();
    this.dispatchEvent(new Event('sky-seal-changed', { bubbles: true }));
  }

  #onThreshold({ target }: Event): void {
    this.threshold = 255 - Number((target as HTMLInputElement).value);
    this.#cut();
  }

  #onWidth({ target }: Event): void {
    const mm = Number((target as HTMLInputElement).value);
    this.widthMm = Math.min(100, Math.max(5, Number.isFinite(mm) ? mm : defaultWidthMm));
    this.#cut();
  }

  #cut(): void {
    if (!this.scan) return;
    this.memory.scan = { data: this.scan, threshold: this.threshold, widthMm: this.widthMm };
    this.picture = cutOut(this.scan, { threshold: this.threshold, widthMm: this.widthMm });
    this.problem = this.picture ? undefined : 'blank';
  }
}

import type { SigningSession } from '@sky-sign/protocol';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { base } from '../styles/base.js';
import { cssProps } from '../styles/css-props.js';
import { choices } from '../styles/choices.js';
import { form } from '../styles/form.js';
import { icon } from '../styles/icons.js';
import { defaultSealText } from './default-text.js';
import { advanceIn, drawTextSeal } from './draw-text-seal.js';
import { missingGlyphs } from './missing-glyphs.js';
import { isOtherSize, shrunkToField, type PaperSize } from './fit-seal.js';
import { panelStyles } from './panel.styles.js';
import { layOutSeal, sealSizes } from './seal-layout.js';
import { charactersOf } from './seal-lines.js';
import type { SealMemory } from './seal-memory.js';
import type { SealPicture } from './seal-picture.js';
import { sealShapes, type SealShape } from './seal-shape.js';

/** Below this height letters are hard to read on paper. */
const leastLetterMm = 2;

type Choice = NonNullable<SealMemory['text']>;

/**
 * @summary A seal made from text: shape, colour, direction and size, with a live preview.
 * @csspart label input hint error seal-preview
 */
export class SkySealText extends LitElement {
  static override styles = [
    base,
    choices,
    form,
    panelStyles,
    css`
      .check {
        margin-top: 4px;
        align-items: center;
      }
      .select {
        position: relative;
        margin-top: 8px;
      }
      .select .input {
        appearance: none;
        margin-top: 0;
        padding-inline-end: 40px;
      }
      .select svg {
        position: absolute;
        inset: 14px 12px auto auto;
        pointer-events: none;
      }
    `,
  ];

  @query('textarea') private readonly input!: HTMLTextAreaElement | null;
  @state() private choice: Choice = { text: '', shape: 'square', direction: 'vertical', suffix: false, sizeMm: 21, colour: 'red' };
  @state() private picture: SealPicture | undefined;
  /** Says what is missing as soon as the person has tried to use the seal. */
  @state() private tried = false;

  @property({ attribute: false }) recipient: SigningSession['recipient'] | undefined;
  @property({ attribute: false }) memory: SealMemory = {};
  /** Where the seal will stand. */
  @property({ attribute: false, hasChanged: isOtherSize }) field: PaperSize | undefined;
  @property({ attribute: false }) messages!: Messages;

  #missing: readonly string[] = [];

  /** The seal as chosen; `undefined` after saying what is missing. */
  take(): SealPicture | undefined {
    this.tried = true;
    if (!this.picture || this.#problem()) {
      this.input?.focus();
      return undefined;
    }
    return this.picture;
  }

  override focus(options?: FocusOptions): void {
    this.input?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated && this.recipient) {
      const { text, shape } = defaultSealText(this.recipient);
      this.choice = this.memory.text ?? { ...this.choice, text, shape, sizeMm: sealSizes[shape][0] ?? 21 };
    }
    if (!this.hasUpdated || changed.has('choice' as keyof SkySealText)) this.#draw();
  }

  protected override render(): TemplateResult {
    const { seal } = this.messages;
    const { text, suffix, sizeMm, shape } = this.choice;
    const problem = this.#problem();
    const hints = this.recipient?.organization ? seal.textHint : seal.textHintPerson;
    const shrunk = this.picture && this.field && shrunkToField(this.picture, this.field);
    return html`<div class="halves">
      <div class="choosing">
        <div>
          <label class="label" part="label" for="text">${seal.text}</label>
          <p class="hint" part="hint" id="hint">${hints.map((line) => html`<span class="line">${line}</span> `)}</p>
          <textarea class="input" part="input" id="text" rows="2" .value=${text} aria-describedby="hint error" aria-invalid=${problem ? 'true' : nothing} @input=${this.#onText}></textarea>
          ${problem ? html`<p class="message" part="error" id="error" role="alert">${icon('alert')}<span>${problem}</span></p>` : nothing}
          <label class="check"><input type="checkbox" .checked=${suffix} @change=${(event: Event) => this.#choose({ suffix: (event.target as HTMLInputElement).checked })} />${seal.suffix}</label>
        </div>
        ${this.#renderChoices('shape', seal.shape, sealShapes, (one) => seal.shapes[one], this.choice.shape, (one) => this.#chooseShape(one))}
        <div class="pair">
          ${this.#renderChoices('colour', seal.colour, ['red', 'black'] as const, (one) => html`${this.#dot(one)}${seal[one]}`, this.choice.colour, (colour) => this.#choose({ colour }))}
          ${this.#renderChoices('direction', seal.direction, ['vertical', 'horizontal'] as const, (one) => seal[one], this.choice.direction, (direction) => this.#choose({ direction }))}
          <div class="short">
            <label class="legend" for="size">${seal.size}</label>
            <div class="select">
              <select class="input" part="input" id="size" @change=${(event: Event) => this.#choose({ sizeMm: Number((event.target as HTMLSelectElement).value) })}>
                ${sealSizes[shape].map((mm, index) => html`<option value=${mm} .selected=${mm === sizeMm}>${seal.sizeOption(mm, index === 0)}</option>`)}
              </select>
              ${icon('down', 20)}
            </div>
          </div>
        </div>
      </div>
      <div>
        <sky-seal-preview exportparts="seal-preview" .picture=${this.picture} .field=${this.field} .name=${this.recipient?.name ?? ''} .messages=${this.messages}></sky-seal-preview>
        ${shrunk ? html`<p class="note">${seal.shrunk(shrunk.widthMm, shrunk.heightMm)}${this.#isTooSmall(shrunk) ? html`<b class="line">${seal.tooSmall}</b>` : nothing}</p>` : nothing}
        <p class="note wide">${seal.changeable}</p>
      </div>
    </div>`;
  }

  #renderChoices<T extends string>(name: string, legend: string, values: readonly T[], words: (value: T) => unknown, chosen: T, choose: (value: T) => void): TemplateResult {
    return html`<fieldset>
      <legend class="legend">${legend}</legend>
      <div class="choices">
        ${values.map((value) => html`<label class="choice"><input type="radio" name=${name} value=${value} .checked=${value === chosen} @change=${() => choose(value)} />${words(value)}</label>`)}
      </div>
    </fieldset>`;
  }

  #dot(colour: Choice['colour']): TemplateResult {
    return html`<i class="dot" ${cssProps({ background: this.#colour(colour) })}></i>`;
  }

  #colour(colour: Choice['colour']): string {
    const own = this.isConnected ? getComputedStyle(this).getPropertyValue(`--sky-seal-${colour}`).trim() : '';
    return own || { red: '#d7331f', black: '#1a1a1a' }[colour];
  }

  #chooseShape(shape: SealShape): void {
    this.#choose({ shape, sizeMm: sealSizes[shape][0] ?? this.choice.sizeMm, direction: shape === 'plain' ? 'horizontal' : 'vertical' });
  }

  #choose(change: Partial<Choice>): void {
    this.choice = this.memory.text = { ...this.choice, ...change };
    this.dispatchEvent(new Event('sky-seal-changed', { bubbles: true }));
  }

  #onText({ target }: Event): void {
    this.tried = false;
    this.#choose({ text: (target as HTMLTextAreaElement).value });
  }

  #draw(): void {
    const { text, suffix, colour } = this.choice;
    const font = getComputedStyle(this).getPropertyValue('--_seal-font') || 'serif';
    this.#missing = missingGlyphs(text + (suffix ? '之印' : ''), font);
    const layout = this.#missing.length ? undefined : layOutSeal(this.choice, advanceIn(font));
    this.picture = layout && drawTextSeal(layout, { font, colour: this.#colour(colour) });
  }

  /** Whether letters without a frame, placed at this size, are too small to be read. */
  #isTooSmall({ widthMm }: PaperSize): boolean {
    const { shape, sizeMm } = this.choice;
    return shape === 'plain' && this.picture !== undefined && (sizeMm * widthMm) / this.picture.widthMm < leastLetterMm;
  }

  #problem(): string | undefined {
    const { seal } = this.messages;
    const { text } = this.choice;
    if (this.#missing.length) return seal.missingGlyph(this.#missing.join(''));
    if (charactersOf(text).length === 0) return this.tried ? seal.missingText : undefined;
    return this.picture ? undefined : seal.tooMany;
  }
}

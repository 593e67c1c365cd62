import { pointsPerMm, shownText, type Field, type FieldReason, type Seal } from '@sky-sign/protocol';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import { sealUrl } from '../seal/seal-url.js';
import type { ChecklistItem } from '../store/checklist.js';
import { base } from '../styles/base.js';
import { cssProps } from '../styles/css-props.js';
import { icon } from '../styles/icons.js';
import { paperTokens } from '../styles/tokens.js';
import { renderCells, renderRadios, renderSelect, type PlacedButton } from './field-choices.js';
import { choiceStyles } from './field-choices.styles.js';
import { fieldLabel, fieldName, problemWords } from './field-title.js';
import { setText, renderLines } from './set-text.js';
import { fieldStyles } from './sky-field.styles.js';

/** Below this zoom (1 is 100 %) only the current field carries a tag. */
const tagZoom = 0.6;
const cssPixelsPerPoint = 96 / 72;
/** CSS pixels; nothing is typed in smaller letters. */
const smallestText = 14;
/** The part of a line's height that its letters may take. */
const lettersOfBox = 0.72;
/** CSS pixels; smaller buttons are pressed in a sheet. */
const smallestButton = 12;
const finger = 44;
/** What a short tag takes, in CSS pixels. */
const tagWidth = 90;

type FieldState = 'error' | 'current' | 'done' | 'todo' | 'optional';

/**
 * @summary A real control over the paper: input, checkbox, date, radio buttons, list, or the button of a signature field.
 * @csspart field field-current field-done field-error field-tag input hint
 */
export class SkyField extends LitElement {
  static override styles = [base, paperTokens, fieldStyles, choiceStyles];

  @query('.control') private readonly control!: HTMLElement | null;

  /** The guide is read and put away (WCAG 1.4.13). */
  @state() private told = false;

  @property({ attribute: false }) item: ChecklistItem | undefined;
  @property({ attribute: false }) value: string | boolean | undefined;
  /** The language that dates are written in on the paper. */
  @property() locale = 'ja';
  @property({ attribute: false }) seal: Seal | undefined;
  @property({ attribute: false }) problem: FieldReason | undefined;
  /** CSS pixels per point. */
  @property({ type: Number }) scale = 1;
  /** Of the box on the screen, in CSS pixels. */
  @property({ type: Number }) width = 0;
  @property({ type: Number }) height = 0;
  /** Free paper beside the box, in CSS pixels: a tag that has no room there stands above. */
  @property({ type: Number }) room = 0;
  /** Fingers need 44 pixels. */
  @property({ type: Boolean }) touch = false;
  /** Of a radio group: its buttons on this page, in CSS pixels from the corner of the box. */
  @property({ attribute: false }) buttons: readonly PlacedButton[] = [];
  /** A further place of the field, where its value is only shown. */
  @property({ type: Boolean, reflect: true }) echo = false;
  @property({ attribute: false }) messages!: Messages;

  override focus(options?: FocusOptions): void {
    const chosen = this.renderRoot.querySelector<HTMLElement>('.control:checked');
    (chosen ?? this.control)?.focus(options);
  }

  /** Too small to type in: the control is a button, and the input opens in a sheet. */
  get needsSheet(): boolean {
    const kind = this.item?.field.kind;
    if (kind === 'radio') return this.buttons.some(({ width, height }) => Math.min(width, height) < (this.touch ? finger : smallestButton));
    const writes = kind === 'text' || kind === 'date' || kind === 'choice';
    return writes && (this.#typingSize() < smallestText || (this.touch && this.height < finger));
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.item) return nothing;
    if (this.echo) return this.#renderEcho(this.item.field);
    const state = this.#state();
    const parts = { error: 'field field-error', current: 'field field-current', done: 'field field-done', todo: 'field', optional: 'field' }[state];
    const shortfall = (side: number): string => `${this.touch ? Math.max(0, (finger - side) / 2) : 0}px`;
    return html`<div
      class="box ${state} ${this.buttons.length ? 'group' : ''} ${this.told ? 'told' : ''}"
      part=${parts}
      ${cssProps({ '--_grow': shortfall(this.height), '--_grow-wide': shortfall(this.width) })}
      @keydown=${this.#onEscape}
      @focusin=${() => (this.told = false)}
    >
      ${this.#renderTag(state)}${this.#renderControl()}${this.#renderGuide()}
    </div>`;
  }

  #state(): FieldState {
    const { done, current, field } = this.item as ChecklistItem;
    if (this.problem) return 'error';
    if (current) return 'current';
    return done ? 'done' : field.required ? 'todo' : 'optional';
  }

  #renderTag(state: FieldState): TemplateResult | typeof nothing {
    const { field, number, current, done } = this.item as ChecklistItem;
    const { common } = this.messages;
    const far = this.scale / cssPixelsPerPoint < tagZoom;
    if (far && !current) return nothing;
    const name = fieldName(field.kind, number, this.messages);
    const need = done || far ? '' : common.separator + (field.required ? common.required : common.optional);
    const words = this.problem && !far ? `${name}${common.separator}${problemWords(this.problem, field.kind, this.messages)}` : name + need;
    const mark = ({ error: 'alert', current: 'pen', done: 'tick', todo: 'pen', optional: undefined } as const)[state];
    // What is ticked stands beside the box.
    const place = !far ? '' : this.room > tagWidth && field.kind !== 'checkbox' ? 'beside' : 'over';
    return html`<span class="tag ${place}" part="field-tag" id="tag" aria-hidden="true">${mark ? icon(mark, 16) : nothing}${words}</span>`;
  }

  /** Where the value will stand, too. */
  #renderEcho({ kind }: Field): TemplateResult {
    const size = cssProps({ '--_size': `${this.#paperSize()}px` });
    if (kind === 'checkbox') return html`<div class="box echo" aria-hidden="true"><input class="control tick" type="checkbox" inert tabindex="-1" .checked=${this.value === true} /></div>`;
    return html`<div class="box echo" aria-hidden="true"><div class="control type" ${size}>${this.#renderSet() ?? this.#text()}</div></div>`;
  }

  #renderControl(): TemplateResult {
    const { field } = this.item as ChecklistItem;
    if (field.kind === 'signature') return this.#renderSignature();
    if (field.kind === 'checkbox') {
      return html`<input
        class="control tick"
        type="checkbox"
        aria-label=${this.#label()}
        aria-describedby=${this.#describedBy()}
        aria-invalid=${this.problem ? 'true' : nothing}
        .checked=${this.value === true}
        @change=${this.#onTick}
        @focus=${this.#onFocus}
        @keydown=${this.#onKeydown}
      />`;
    }
    if (this.needsSheet) {
      return html`<button
        class="control type"
        aria-haspopup="dialog"
        aria-label=${[this.#label(), this.#text()].filter(Boolean).join(this.messages.common.separator)}
        ${cssProps({ '--_size': `${this.#paperSize()}px` })}
        @focus=${this.#onFocus}
        @click=${() => request(this, 'open-field', { fieldId: field.id })}
      >${field.kind === 'radio' ? renderRadios(this.#choosing(field), 'shown') : (this.#renderSet() ?? html`<span class="cut">${this.#text()}</span>`)}</button>`;
    }
    if (field.kind === 'radio') return renderRadios(this.#choosing(field), 'pressed');
    if (field.kind === 'choice') return renderSelect(this.#choosing(field), this.#typed());
    return this.#renderInput(field);
  }

  #renderSignature(): TemplateResult {
    const { field, number } = this.item as ChecklistItem;
    const { seal, messages } = this;
    const words = seal ? messages.field.sealed(seal.kind) : '';
    return html`<button
      class="control sign"
      aria-haspopup="dialog"
      aria-label=${[this.#label(), words].filter(Boolean).join(messages.common.separator)}
      aria-describedby=${this.#describedBy()}
      @focus=${this.#onFocus}
      @click=${() => request(this, 'open-field', { fieldId: field.id })}
    >
      ${seal
        ? html`<img alt="" src=${sealUrl(seal)} title=${messages.field.imageOf(fieldName(field.kind, number, messages))} ${cssProps(this.#sealSize(seal))} />`
        : nothing}
    </button>`;
  }

  /** True size on the paper, shrunk to the field where it is larger. */
  #sealSize({ widthMm, heightMm }: Seal): Record<string, string> {
    const [width, height] = [widthMm * pointsPerMm * this.scale, heightMm * pointsPerMm * this.scale];
    const shrink = Math.min(1, this.width / width, this.height / height);
    return { width: `${width * shrink}px`, height: `${height * shrink}px` };
  }

  #renderInput(field: Field): TemplateResult {
    const set = this.#renderSet();
    if (field.multiline && field.kind === 'text') {
      return html`<textarea
        class="control type ${set ? 'set' : ''}"
        aria-label=${this.#label()}
        aria-describedby=${this.#describedBy()}
        aria-invalid=${this.problem ? 'true' : nothing}
        .value=${this.#value()}
        ${this.#typed()}
        @input=${this.#onInput}
        @focus=${this.#onFocus}
        @blur=${this.#onBlur}
      ></textarea>${set ?? nothing}`;
    }
    const modes = { text: 'text', tel: 'tel', email: 'email', number: 'decimal', 'postal-code': 'numeric' } as const;
    return html`<input
      class="control type ${set ? 'set' : ''}"
      type=${field.kind === 'date' ? 'date' : 'text'}
      inputmode=${field.kind === 'date' ? nothing : modes[field.input]}
      aria-label=${this.#label()}
      aria-describedby=${this.#describedBy()}
      aria-invalid=${this.problem ? 'true' : nothing}
      aria-required=${field.required}
      autocomplete="off"
      .value=${this.#value()}
      ${this.#typed()}
      @input=${this.#onInput}
      @focus=${this.#onFocus}
      @blur=${this.#onBlur}
      @keydown=${this.#onKeydown}
    />${set ?? nothing}`;
  }

  #typed(): ReturnType<typeof cssProps> {
    return cssProps({ '--_size': `${this.#paperSize()}px`, '--_typing-size': `${this.#typingSize()}px` });
  }

  /** As it will stand in the document, while nobody types: what is seen is what is signed. */
  #renderSet(): TemplateResult | undefined {
    const { field } = this.item as ChecklistItem;
    const { cells, fontSize, multiline } = field;
    const text = shownText(field, this.#value(), this.locale);
    if (text === '') return undefined;
    if (cells !== undefined) return renderCells(text, { cells, size: this.#paperSize() });
    const box = { text, width: this.width / this.scale, height: this.height / this.scale, fontSize, multiline };
    const { fontFamily } = getComputedStyle(this);
    const fitted = setText(box, fontFamily);
    return fitted && renderLines(box, fitted, this.scale, fontFamily);
  }

  #choosing(field: Field) {
    return {
      field,
      value: this.#value(),
      buttons: this.buttons,
      label: this.#label(),
      describedBy: this.#describedBy(),
      invalid: this.problem !== undefined,
      placeholder: this.messages.field.reasonRequired(field.kind),
      onChoose: (value: string) => this.#setValue(value),
      onFocus: () => this.#onFocus(),
      onBlur: () => this.#onBlur(),
      onKeydown: (event: KeyboardEvent) => this.#onKeydown(event),
    };
  }

  #renderGuide(): TemplateResult {
    const { field } = this.item as ChecklistItem;
    const words = field.guide || (field.kind === 'text' ? this.messages.field.inputHint[field.input] : '');
    return html`${words && !this.needsSheet ? html`<span class="guide" part="hint" id="guide">${words}</span>` : nothing}${this.problem
      ? html`<span class="unseen" id="problem">${problemWords(this.problem, field.kind, this.messages)}</span>`
      : nothing}`;
  }

  #describedBy(): string {
    return this.problem ? 'problem guide' : 'guide';
  }

  #label(): string {
    return fieldLabel(this.item as ChecklistItem, this.messages);
  }

  #value(): string {
    return typeof this.value === 'string' ? this.value : '';
  }

  /** What was typed, or the words of what was chosen. */
  #text(): string {
    const { options } = (this.item as ChecklistItem).field;
    return options ? (options.find(({ value }) => value === this.#value())?.label ?? '') : this.#value();
  }

  /** As it will stand in the document: the size that the sender wants, smaller where the box is low. */
  #paperSize(): number {
    const wanted = (this.item?.field.fontSize ?? 11) * this.scale;
    return this.item?.field.multiline ? wanted : Math.min(wanted, Math.max(this.height * lettersOfBox, 1));
  }

  /** While typing letters are no smaller than can be read, as far as the box has room for them. */
  #typingSize(): number {
    return Math.max(this.#paperSize(), Math.min(smallestText, this.height * lettersOfBox));
  }

  #onInput({ target }: Event): void {
    this.#setValue((target as HTMLInputElement | HTMLTextAreaElement).value);
  }

  #onTick({ target }: Event): void {
    this.#setValue((target as HTMLInputElement).checked);
  }

  #setValue(value: string | boolean): void {
    const { field } = this.item as ChecklistItem;
    request(this, 'set-value', { fieldId: field.id, value });
  }

  #onFocus(): void {
    const { field } = this.item as ChecklistItem;
    request(this, 'choose-field', { fieldId: field.id });
  }

  #onBlur(): void {
    const { field } = this.item as ChecklistItem;
    request(this, 'leave-field', { fieldId: field.id });
  }

  #onEscape({ key }: KeyboardEvent): void {
    if (key === 'Escape') this.told = true;
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    request(this, 'next-item');
  }
}

import type { FieldReason } from '@sky-sign/protocol';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.js';
import { request } from '../requests.js';
import type { ChecklistItem } from '../store/checklist.js';
import { base } from '../styles/base.js';
import { button } from '../styles/button.js';
import { choices } from '../styles/choices.js';
import { form } from '../styles/form.js';
import { icon } from '../styles/icons.js';
import { renderSheetRadios, renderSheetSelect } from './field-choices.js';
import { fieldLabel, problemWords } from './field-title.js';

/**
 * @summary The input of a field that is too small to type in on the paper; stands in a sheet.
 * @csspart input hint error button button-primary
 */
export class SkyFieldInput extends LitElement {
  static override styles = [
    base,
    button,
    choices,
    form,
    css`
      :host {
        padding: 0 16px 16px;
      }
      .input {
        margin-top: 12px;
      }
      .actions {
        display: flex;
        gap: 12px;
        margin-top: 20px;
      }
      .actions .button {
        flex: 1;
      }
      @container (width >= 640px) {
        :host {
          padding: 0 32px 24px;
        }
      }
    `,
  ];

  @query('.input, .option') private readonly input!: HTMLElement | null;

  @property({ attribute: false }) item: ChecklistItem | undefined;
  @property({ attribute: false }) value: string | boolean | undefined;
  @property({ attribute: false }) problem: FieldReason | undefined;
  @property({ attribute: false }) messages!: Messages;

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('item') as ChecklistItem | undefined;
    if (changed.has('item') && before?.field.id !== this.item?.field.id) (this.renderRoot.querySelector<HTMLElement>('.option:checked') ?? this.input)?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.item) return nothing;
    const { field } = this.item;
    const messages = this.messages.field;
    const hint = field.guide || (field.kind === 'text' ? messages.inputHint[field.input] : '');
    const problem = this.problem && problemWords(this.problem, field.kind, this.messages);
    return html`<p class="hint" part="hint" id="hint">${hint}</p>
      ${this.#renderInput()}
      ${problem ? html`<p class="message" part="error" id="error" role="alert">${icon('alert')}<span>${problem}</span></p>` : nothing}
      <div class="actions">
        <button class="button line" part="button" @click=${() => request(this, 'neighbour-item', { step: -1 })}>${messages.previous}</button>
        <button class="button fill" part="button button-primary" @click=${() => request(this, 'neighbour-item', { step: 1 })}>${messages.next}</button>
      </div>`;
  }

  #renderInput(): TemplateResult {
    const { field } = this.item as ChecklistItem;
    const value = String(this.value ?? '');
    const label = fieldLabel(this.item as ChecklistItem, this.messages);
    const choosing = {
      field,
      value,
      label,
      invalid: this.problem !== undefined,
      placeholder: this.messages.field.reasonRequired(field.kind),
      onChoose: (chosen: string) => request(this, 'set-value', { fieldId: field.id, value: chosen }),
      onBlur: () => this.#onBlur(),
    };
    if (field.kind === 'radio') return renderSheetRadios(choosing);
    if (field.kind === 'choice') return renderSheetSelect(choosing);
    const modes = { text: 'text', tel: 'tel', email: 'email', number: 'decimal', 'postal-code': 'numeric' } as const;
    if (field.multiline && field.kind === 'text') {
      return html`<textarea class="input" part="input" aria-label=${label} aria-describedby="hint error" aria-invalid=${this.problem ? 'true' : nothing} .value=${value} @input=${this.#onInput} @blur=${this.#onBlur}></textarea>`;
    }
    return html`<input
      class="input"
      part="input"
      type=${field.kind === 'date' ? 'date' : 'text'}
      inputmode=${field.kind === 'date' ? nothing : modes[field.input]}
      autocomplete="off"
      aria-label=${label}
      aria-describedby="hint error"
      aria-invalid=${this.problem ? 'true' : nothing}
      .value=${value}
      @input=${this.#onInput}
      @blur=${this.#onBlur}
      @keydown=${this.#onKeydown}
    />`;
  }

  #onInput({ target }: Event): void {
    request(this, 'set-value', { fieldId: this.item?.field.id ?? '', value: (target as HTMLInputElement).value });
  }

  #onBlur(): void {
    request(this, 'leave-field', { fieldId: this.item?.field.id ?? '' });
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    request(this, 'neighbour-item', { step: 1 });
  }
}

import type { Field, FieldPlace, ScreenBox } from '@sky-sign/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { cssProps } from '../styles/css-props.js';
import { icon } from '../styles/icons.js';

/** A button of a radio group on the paper. */
export interface PlacedButton extends ScreenBox {
  readonly value: string;
  readonly label: string;
}

interface Choosing {
  readonly field: Field;
  /** Empty: nothing is chosen. */
  readonly value: string;
  readonly label: string;
  readonly invalid: boolean;
  /** What a list says before anything is chosen. */
  readonly placeholder: string;
  readonly onChoose: (value: string) => void;
  readonly onBlur: () => void;
}

interface ChoosingOnPaper extends Choosing {
  readonly buttons: readonly PlacedButton[];
  readonly describedBy: string;
  readonly onFocus: () => void;
  readonly onKeydown: (event: KeyboardEvent) => void;
}

/** Where a field is shown. */
export function placesOf({ page, rect, places = [{ page, rect }] }: Field): readonly FieldPlace[] {
  return places;
}

/** A native radio group whose buttons lie over those of the paper; `shown` only shows what is chosen. */
export function renderRadios({ field, value, buttons, label, describedBy, invalid, onChoose, onFocus, onBlur, onKeydown }: ChoosingOnPaper, mode: 'pressed' | 'shown'): TemplateResult {
  const place = ({ left, top, width, height }: PlacedButton) => cssProps({ left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  if (mode === 'shown') return html`${buttons.map((button) => html`<span class="pick ${button.value === value ? 'on' : ''}" ${place(button)}></span>`)}`;
  return html`<div class="radios" role="radiogroup" aria-label=${label} aria-describedby=${describedBy} aria-required=${field.required} aria-invalid=${invalid ? 'true' : nothing}>
    ${buttons.map(
      (button) => html`<input
        class="control pick"
        type="radio"
        name="button"
        aria-label=${button.label}
        title=${button.label}
        .checked=${live(button.value === value)}
        ${place(button)}
        @change=${() => onChoose(button.value)}
        @click=${() => takeBack({ field, on: button.value === value, onChoose })}
        @focus=${onFocus}
        @blur=${onBlur}
        @keydown=${(event: KeyboardEvent) => (isErasing(event) && !field.required ? onChoose('') : onKeydown(event))}
      />`,
    )}
  </div>`;
}

/** A native list over the field. */
export function renderSelect({ field, value, label, describedBy, invalid, placeholder, onChoose, onFocus, onBlur }: ChoosingOnPaper, size: ReturnType<typeof cssProps>): TemplateResult {
  return html`<select
      class="control type list"
      aria-label=${label}
      aria-describedby=${describedBy}
      aria-required=${field.required}
      aria-invalid=${invalid ? 'true' : nothing}
      ${size}
      @change=${({ target }: Event) => onChoose((target as HTMLSelectElement).value)}
      @focus=${onFocus}
      @blur=${onBlur}
    >
      ${renderOptions(field, { value, placeholder })}</select
    ><span class="arrow" aria-hidden="true">${icon('down', 16)}</span>`;
}

/** The group in a sheet, with words beside its buttons. */
export function renderSheetRadios({ field, value, label, invalid, onChoose, onBlur }: Choosing): TemplateResult {
  return html`<div class="choices" role="radiogroup" aria-label=${label} aria-describedby="hint error" aria-required=${field.required} aria-invalid=${invalid ? 'true' : nothing}>
    ${(field.options ?? []).map(
      (option) => html`<label class="choice">
        <input
          class="option"
          type="radio"
          name="option"
          .checked=${live(option.value === value)}
          @change=${() => onChoose(option.value)}
          @click=${() => takeBack({ field, on: option.value === value, onChoose })}
          @blur=${onBlur}
        /><span>${option.label}</span>
      </label>`,
    )}
  </div>`;
}

export function renderSheetSelect({ field, value, label, invalid, placeholder, onChoose, onBlur }: Choosing): TemplateResult {
  return html`<select
    class="input"
    part="input"
    aria-label=${label}
    aria-describedby="hint error"
    aria-required=${field.required}
    aria-invalid=${invalid ? 'true' : nothing}
    @change=${({ target }: Event) => onChoose((target as HTMLSelectElement).value)}
    @blur=${onBlur}
  >
    ${renderOptions(field, { value, placeholder })}
  </select>`;
}

/** A text with each character in the middle of its cell, as it will stand in the document. */
export function renderCells(text: string, { cells, size }: { cells: number; size: number }): TemplateResult {
  const characters = [...text].slice(0, cells);
  return html`<span class="cells" aria-hidden="true" ${cssProps({ '--_cells': String(cells), '--_size': `${size}px` })}>${characters.map((each) => html`<span>${each}</span>`)}</span>`;
}

function renderOptions({ options = [] }: Field, { value, placeholder }: { value: string; placeholder: string }): TemplateResult {
  return html`<option value="" .selected=${live(value === '')}>${placeholder}</option>
    ${options.map((option) => html`<option value=${option.value} .selected=${live(option.value === value)}>${option.label}</option>`)}`;
}

/** Pressing the button that is on takes the choice back, where none is required. */
function takeBack({ field, on, onChoose }: { field: Field; on: boolean; onChoose: (value: string) => void }): void {
  if (on && !field.required) onChoose('');
}

const isErasing = ({ key }: KeyboardEvent): boolean => key === 'Delete' || key === 'Backspace';

import { firstMiddle, fitText, textLeading, textPadding, type FittedText, type TextBox } from '@sky-sign/protocol';
import { html, type TemplateResult } from 'lit';
import { cssProps } from '../styles/css-props.js';

/** Widths are measured in letters of this size, in CSS pixels. */
const measuredAt = 100;
let context: OffscreenCanvasRenderingContext2D | null | undefined;

/** Sets a text as the server will set it, in letters of `font` (a CSS font-family); `undefined` where it does not fit in any size. */
export function setText(box: TextBox, font: string): FittedText | undefined {
  const measuring = letters(measuredAt, font);
  return measuring && fitText(box, (line, size) => (measuring.measureText(line).width * size) / measuredAt);
}

/** The lines at their places; `scale` is CSS pixels per point. */
export function renderLines(box: TextBox, fitted: FittedText, scale: number, font: string): TemplateResult {
  const { size, lines } = fitted;
  const top = firstMiddle(box, fitted) - (size * textLeading) / 2;
  const place = cssProps({ '--_top': `${top * scale}px`, '--_inset': `${textPadding * scale}px`, '--_size': `${size * scale}px`, '--_leading': String(textLeading) });
  const measuring = letters(size * scale, font);
  const room = (box.width - 2 * textPadding) * scale;
  // Some browsers round small letters to the screen's pixels, which makes a line that fits too wide.
  const spacing = (line: string): string => `${Math.min(0, (room - (measuring?.measureText(line).width ?? 0)) / [...line].length)}px`;
  return html`<span class="lines" aria-hidden="true" ${place}>${lines.map((line) => html`<span ${cssProps({ 'letter-spacing': line ? spacing(line) : '' })}>${line}</span>`)}</span>`;
}

function letters(size: number, font: string): OffscreenCanvasRenderingContext2D | undefined {
  context ??= new OffscreenCanvas(1, 1).getContext('2d');
  if (context) context.font = `${String(size)}px ${font}`;
  return context ?? undefined;
}

import { svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { drawIcon, firstShapes } from './first-icons.js';

const shapes = {
  ...firstShapes,
  download: svg`<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14"/>`,
  down: svg`<path d="M6.5 9.5L12 15l5.5-5.5"/>`,
  left: svg`<path d="M14.5 6l-6 6 6 6"/>`,
  right: svg`<path d="M9.5 6l6 6-6 6"/>`,
  minus: svg`<path d="M6 12h12"/>`,
  plus: svg`<path d="M6 12h12M12 6v12"/>`,
  close: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  search: svg`<circle cx="11" cy="11" r="6"/><path d="M15.5 15.5L20 20"/>`,
  grid: svg`<path d="M4 4h7v7H4zM13.5 4h7v7h-7zM4 13.5h7v7H4zM13.5 13.5h7v7h-7z"/>`,
  list: svg`<path d="M10 7h10M10 12h10M10 17h10M4 7l1 1 2-2M4 12l1 1 2-2M4.5 17h1.5"/>`,
  more: svg`<g fill="currentColor" stroke="none"><circle cx="12" cy="5" r="2"/><circle cx="12" cy="12" r="2"/><circle cx="12" cy="19" r="2"/></g>`,
  pen: svg`<path d="M5 19l.8-3.8L16.2 4.8a1.6 1.6 0 0 1 2.3 0l.7.7a1.6 1.6 0 0 1 0 2.3L8.8 18.2z"/>`,
  tick: svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`,
  file: svg`<path d="M6.5 3.5h7.5l4 4v13H6.5zM14 3.5v4h4"/>`,
  undo: svg`<path d="M9 6L4.5 10.5 9 15M4.5 10.5h9a5 5 0 0 1 0 10H11"/>`,
  bin: svg`<path d="M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7"/>`,
  now: svg`<circle cx="12" cy="12" r="10" fill="currentColor" stroke="none"/><path d="M8 16l.6-2.5 6-6a1.35 1.35 0 0 1 1.9 1.9l-6 6z" stroke="var(--_surface)" stroke-width="1.7"/>`,
  todo: svg`<circle cx="12" cy="12" r="9" stroke-dasharray="3.6 2.9" stroke-width="1.8"/>`,
  busy: svg`<circle cx="12" cy="12" r="9" opacity=".25"/><path d="M12 3a9 9 0 0 1 9 9"/>`,
} as const satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof shapes;

/** A drawing beside words; it says nothing by itself. `size` in CSS pixels. */
export function icon(name: IconName, size = 24, className = ''): TemplateResult {
  return drawIcon(shapes[name], size, className);
}

import { css } from 'lit';

/** Roles after the design tokens of the Digital Agency (DADS); each may be set from outside as `--sky-color-<role>`. */
const light = css`
  color-scheme: light;
  --_surface: var(--sky-color-surface, #fff);
  --_sunken: var(--sky-color-sunken, #f2f2f2);
  --_canvas: var(--sky-color-canvas, #e6e6e6);
  --_text: var(--sky-color-text, #333);
  --_strong: var(--sky-color-strong, #1a1a1a);
  --_muted: var(--sky-color-muted, #666);
  --_line: var(--sky-color-line, #ccc);
  --_edge: var(--sky-color-edge, #666);
  --_primary: var(--sky-color-primary, #0017c1);
  --_primary-hover: var(--sky-color-primary-hover, #00118f);
  --_primary-active: var(--sky-color-primary-active, #000060);
  --_on-primary: var(--sky-color-on-primary, #fff);
  --_tint: var(--sky-color-tint, #e8f1fe);
  --_hover: var(--sky-color-hover, #c5d7fb);
  --_success: var(--sky-color-success, #197a4b);
  --_error: var(--sky-color-error, #ce0000);
  --_warning: var(--sky-color-warning, #ac3e00);
  --_scrim: var(--sky-color-scrim, rgb(0 0 0 / 50%));
  --_track: var(--_sunken);
  --_focus: var(--sky-focus, #000);
  --_focus-ring: var(--sky-focus-ring, #ffd43d);
  --_shadow-sheet: 0 -4px 16px 3px rgb(0 0 0 / 10%), 0 -1px 6px rgb(0 0 0 / 30%);
  --_shadow-dialog: 0 8px 24px 5px rgb(0 0 0 / 10%), 0 2px 10px rgb(0 0 0 / 30%);
`;

const dark = css`
  color-scheme: dark;
  --_surface: var(--sky-color-surface, #1a1a1a);
  --_sunken: var(--sky-color-sunken, #000);
  --_canvas: var(--sky-color-canvas, #333);
  --_text: var(--sky-color-text, #f2f2f2);
  --_strong: var(--sky-color-strong, #fff);
  --_muted: var(--sky-color-muted, #b3b3b3);
  --_line: var(--sky-color-line, #4d4d4d);
  --_edge: var(--sky-color-edge, #949494);
  --_primary: var(--sky-color-primary, #9db7f9);
  --_primary-hover: var(--sky-color-primary-hover, #c5d7fb);
  --_primary-active: var(--sky-color-primary-active, #d9e6ff);
  --_on-primary: var(--sky-color-on-primary, #000060);
  --_tint: var(--sky-color-tint, #333);
  --_hover: var(--sky-color-hover, #4d4d4d);
  --_success: var(--sky-color-success, #71c598);
  --_error: var(--sky-color-error, #ff9696);
  --_warning: var(--sky-color-warning, #ffa66d);
  --_scrim: var(--sky-color-scrim, rgb(0 0 0 / 70%));
  --_track: #333;
  --_focus: var(--sky-focus, #ffd43d);
  --_focus-ring: var(--sky-focus-ring, #000);
  --_shadow-sheet: 0 0 0 1px #4d4d4d;
  --_shadow-dialog: 0 0 0 1px #4d4d4d;
`;

/** Set on `<sky-sign>`; everything inside inherits. */
export const tokens = css`
  :host {
    ${light}
    --_font: var(--sky-font, 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic UI', Meiryo, 'Noto Sans CJK JP', sans-serif);
    --_seal-font: var(--sky-seal-font, 'Noto Serif JP', 'Hiragino Mincho ProN', 'Yu Mincho', 'Noto Serif CJK JP', serif);
    --_radius: var(--sky-radius, 8px);
    --_radius-large: var(--sky-radius-large, 12px);
    --_motion: var(--sky-motion, 160ms);
  }
  :host([theme='dark']) {
    ${dark}
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'], [theme='dark'])) {
      ${dark}
    }
  }
  /* Whatever the theme: drawings take their colours from here, too. */
  @media (forced-colors: active) {
    :host,
    :host([theme='dark']),
    :host([theme='light']) {
      color-scheme: light dark;
      --_surface: Canvas;
      --_sunken: Canvas;
      --_canvas: Canvas;
      --_text: CanvasText;
      --_strong: CanvasText;
      --_muted: CanvasText;
      --_line: CanvasText;
      --_edge: ButtonBorder;
      --_primary: LinkText;
      --_success: CanvasText;
      --_error: CanvasText;
      --_warning: CanvasText;
      --_focus: Highlight;
      --_focus-ring: Canvas;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0ms;
    }
  }
`;

/** Paper is white in both themes: what is seen is what is signed. */
export const paperTokens = css`
  :host {
    color-scheme: light;
    --_surface: #fff;
    --_sunken: #f2f2f2;
    --_text: #333;
    --_strong: #1a1a1a;
    --_muted: #4d4d4d;
    --_line: #ccc;
    --_edge: #666;
    --_primary: #0017c1;
    --_primary-hover: #00118f;
    --_on-primary: #fff;
    --_tint: #e8f1fe;
    --_success: #197a4b;
    --_error: #ce0000;
    --_focus: #000;
    --_focus-ring: #ffd43d;
  }
`;

import { css } from 'lit';

/** What every part of the element starts from. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    min-width: 0;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset,
  legend {
    margin: 0;
    padding: 0;
    border: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3 {
    color: var(--_strong);
    font-weight: 700;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
  }
  h1,
  h2,
  p,
  label,
  legend,
  .hint {
    word-break: auto-phrase;
    text-wrap: pretty;
  }
  svg {
    flex: none;
    display: block;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 4px solid var(--_focus);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--_focus-ring);
  }
  [tabindex='-1']:focus-visible:is(h1, h2) {
    outline: none;
    box-shadow: none;
  }
  .muted {
    color: var(--_muted);
  }
  .small {
    font-size: 14px;
    line-height: 1.5;
    letter-spacing: 0;
  }
  .success {
    color: var(--_success);
  }
  .primary {
    color: var(--_primary);
  }
  .error {
    color: var(--_error);
  }
  .nobr {
    white-space: nowrap;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  a,
  .link {
    color: var(--_primary);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  a:hover {
    color: var(--_primary-hover);
  }
`;

import { css } from 'lit';

/** One tab, after DADS: the chosen one has a bar on top and joins what is below it. */
export const tab = css`
  .tab {
    position: relative;
    min-height: 48px;
    padding: 4px 20px 0;
    border: 1px solid transparent;
    border-bottom: 0;
    border-radius: 4px 4px 0 0;
    background: none;
    line-height: 1.2;
    letter-spacing: 0;
    white-space: nowrap;
    cursor: pointer;
  }
  .tab:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .tab:focus-visible {
    outline-offset: -4px;
  }
  .tab[aria-selected='true'] {
    min-height: 49px;
    margin-bottom: -1px;
    border-color: var(--_line);
    background: var(--_surface);
    color: var(--_strong);
    font-weight: 700;
  }
  .tab[aria-selected='true']::before {
    content: '';
    position: absolute;
    inset: -1px -1px auto;
    height: 5px;
    border-radius: 4px 4px 0 0;
    background: var(--_primary);
  }
`;

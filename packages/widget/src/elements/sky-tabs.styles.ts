import { css } from 'lit';

export const tabsStyles = css`
  .tabs {
    display: flex;
    padding: 8px 16px 0;
    border-bottom: 1px solid var(--_line);
    background: var(--_sunken);
    overflow: auto hidden;
    scrollbar-width: none;
  }
  .tab {
    position: relative;
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
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
  .left {
    font-size: 14px;
    font-weight: 400;
    color: var(--_muted);
  }
  .tab[aria-selected='true'] .left {
    color: var(--_primary);
  }
  .narrow {
    display: none;
  }
  @container (width < 640px) {
    .tabs {
      display: none;
    }
    .narrow {
      display: flex;
      align-items: stretch;
      min-height: 48px;
      border-bottom: 1px solid var(--_line);
      background: var(--_surface);
    }
    .choose {
      position: relative;
      display: flex;
      flex: 1;
      align-items: center;
      min-width: 0;
    }
    select {
      appearance: none;
      width: 100%;
      height: 48px;
      padding: 0 44px 0 16px;
      border: 0;
      background: none;
      color: var(--_strong);
      font-weight: 700;
      letter-spacing: 0;
      text-overflow: ellipsis;
    }
    option {
      background: var(--_surface);
    }
    .choose svg {
      position: absolute;
      inset-inline-end: 16px;
      pointer-events: none;
    }
    .page {
      display: grid;
      place-items: center;
      padding: 0 16px;
      border: 0;
      border-inline-start: 1px solid var(--_line);
      background: none;
      white-space: nowrap;
      letter-spacing: 0;
    }
    :is(select, .page):focus-visible {
      outline-offset: -4px;
    }
  }
  @media (forced-colors: active) {
    .tab[aria-selected='true']::before {
      background: Highlight;
    }
  }
`;

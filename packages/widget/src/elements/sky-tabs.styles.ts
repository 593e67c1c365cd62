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
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
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

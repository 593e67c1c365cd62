import { css } from 'lit';

export const checklistStyles = css`
  .sum {
    padding: 16px 24px 20px;
    border-bottom: 1px solid var(--_line);
  }
  h2 {
    font-size: 18px;
    line-height: 1.6;
  }
  .count {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    margin-top: 4px;
  }
  .count b {
    font-size: 20px;
    line-height: 1.2;
    color: var(--_strong);
  }
  .meter {
    height: 8px;
    margin-top: 8px;
    border-radius: 4px;
    background: var(--_track);
    box-shadow: inset 0 0 0 1px var(--_edge);
    overflow: hidden;
  }
  .meter i {
    display: block;
    height: 100%;
    border-radius: 4px;
    background: var(--_primary);
    transition: width var(--_motion) ease-out;
  }
  .group {
    padding: 16px 12px 0;
  }
  .group:last-child {
    padding-bottom: 16px;
  }
  h3 {
    padding: 0 12px 4px;
    font-size: 14px;
    line-height: 1.5;
    letter-spacing: 0;
    color: var(--_muted);
  }
  .row {
    position: relative;
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 12px;
    width: 100%;
    min-height: 52px;
    padding: 6px 12px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .row:hover {
    background: var(--_sunken);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row svg {
    grid-row: 1 / 3;
  }
  .name {
    font-size: 16px;
    line-height: 1.4;
    color: var(--_strong);
  }
  .state {
    grid-column: 2;
    font-size: 14px;
    line-height: 1.4;
    letter-spacing: 0;
    color: var(--_muted);
  }
  .state.error {
    color: var(--_error);
  }
  .need {
    grid-row: 1 / 3;
    grid-column: 3;
    font-size: 14px;
    line-height: 1;
    letter-spacing: 0;
  }
  .row[aria-current] {
    background: var(--_tint);
  }
  .row[aria-current]::before {
    content: '';
    position: absolute;
    inset: 8px auto 8px 0;
    width: 4px;
    border-radius: 2px;
    background: var(--_primary);
  }
  .row[aria-current] .name {
    font-weight: 700;
  }
  .none {
    padding: 16px 24px;
  }
  :host([sheet]) .sum {
    padding: 0 16px 12px;
  }
  :host([sheet]) .group {
    padding-inline: 4px;
  }
  @media (forced-colors: active) {
    .meter {
      border: 1px solid;
    }
    .meter i {
      background: Highlight;
      forced-color-adjust: none;
    }
    .row[aria-current]::before {
      background: Highlight;
    }
  }
`;

import { css } from 'lit';

/** Checkboxes, and radio buttons in boxes of their own. */
export const choices = css`
  .check {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    min-height: 44px;
    padding: 8px 0;
    cursor: pointer;
  }
  .check input {
    appearance: none;
    display: grid;
    place-items: center;
    flex: none;
    width: 24px;
    height: 24px;
    margin: 2px 0;
    border: 2px solid var(--_edge);
    border-radius: 4px;
    background: var(--_surface);
    cursor: pointer;
  }
  .check input::after {
    content: '';
    width: 7px;
    height: 13px;
    margin-top: -3px;
    border: solid var(--_on-primary);
    border-width: 0 3px 3px 0;
    rotate: 45deg;
    opacity: 0;
  }
  .check input:checked {
    border-color: var(--_primary);
    background: var(--_primary);
  }
  .check input:checked::after {
    opacity: 1;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 8px;
  }
  .choice {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
    padding: 6px 14px 6px 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    line-height: 1.2;
    cursor: pointer;
  }
  .choice:has(:checked) {
    border: 2px solid var(--_primary);
    padding: 5px 13px 5px 11px;
    background: var(--_tint);
    color: var(--_strong);
    font-weight: 700;
  }
  .choice:hover {
    border-color: var(--_primary);
  }
  .choice:has(:focus-visible) {
    outline: 4px solid var(--_focus);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--_focus-ring);
  }
  .choice input {
    appearance: none;
    display: grid;
    place-items: center;
    flex: none;
    width: 20px;
    height: 20px;
    margin: 0;
    border: 2px solid var(--_edge);
    border-radius: 50%;
    background: var(--_surface);
    outline: none;
    box-shadow: none;
  }
  .choice input:checked {
    border-color: var(--_primary);
  }
  .choice input:checked::after {
    content: '';
    width: 10px;
    height: 10px;
    border-radius: 50%;
    background: var(--_primary);
  }
  @media (forced-colors: active) {
    .check input,
    .choice input {
      appearance: auto;
    }
    .check input::after,
    .choice input::after {
      content: none;
    }
  }
`;

import { css } from 'lit';

/** Filled, outlined and text buttons; 48 high unless `small` (44) or `large` (56). */
export const button = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 48px;
    min-width: 96px;
    padding: 8px 16px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: none;
    color: var(--_primary);
    font-size: 16px;
    font-weight: 700;
    line-height: 1.2;
    letter-spacing: 0.02em;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
  }
  .button:active {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .button.line {
    border-color: currentColor;
    background: var(--_surface);
  }
  .button.fill {
    background: var(--_primary);
    color: var(--_on-primary);
  }
  .button.fill:active {
    background: var(--_primary-active);
  }
  .button.text {
    min-width: 0;
    padding: 8px 12px;
    font-weight: 400;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .button.small {
    min-height: 44px;
  }
  .button.large {
    min-height: 56px;
    min-width: 136px;
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_text);
    cursor: pointer;
  }
  .icon-button[aria-disabled='true'] {
    color: var(--_muted);
    opacity: 0.6;
  }
  @media (hover: hover) {
    .button:hover {
      color: var(--_primary-hover);
      text-decoration: underline;
      text-underline-offset: 3px;
    }
    .button.line:hover {
      background: var(--_hover);
    }
    .button.fill:hover:not(:active) {
      background: var(--_primary-hover);
      color: var(--_on-primary);
    }
    .button.fill:hover:active {
      color: var(--_on-primary);
    }
    .icon-button:hover {
      background: var(--_hover);
    }
  }
  @media (forced-colors: active) {
    .button.fill {
      border-color: ButtonText;
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

import { css } from 'lit';

/** Label, hint, input, error, in this order. */
export const form = css`
  .label {
    display: flex;
    align-items: baseline;
    gap: 8px;
    font-size: 16px;
    font-weight: 700;
    line-height: 1.7;
    color: var(--_strong);
  }
  .must {
    font-weight: 400;
    color: var(--_error);
  }
  .hint {
    color: var(--_muted);
  }
  .input {
    display: block;
    width: 100%;
    height: 48px;
    padding: 8px 16px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_strong);
    font-size: 16px;
    line-height: 1.4;
  }
  textarea.input {
    height: auto;
    min-height: 80px;
    padding: 10px 16px;
    line-height: 1.6;
    resize: vertical;
  }
  select.input {
    padding-inline-end: 8px;
    cursor: pointer;
  }
  .input[aria-invalid='true'] {
    border: 2px solid var(--_error);
    padding-inline: 15px;
  }
  .message {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    margin-top: 8px;
    line-height: 1.6;
    color: var(--_error);
  }
  .message svg {
    margin-top: 1px;
  }
`;

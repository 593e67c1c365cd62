import { css } from 'lit';

export const accessCodeStyles = css`
  :host {
    --_column: 524px;
  }
  .lead {
    margin-top: 16px;
  }
  .guide {
    margin-top: 24px;
    padding: 14px 20px 16px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .guide h2 {
    font-size: 14px;
    color: var(--_muted);
    letter-spacing: 0;
  }
  .guide p {
    margin-top: 2px;
    color: var(--_strong);
    white-space: pre-line;
  }
  form {
    margin-top: 32px;
  }
  .input {
    width: 208px;
    max-width: 100%;
    height: 56px;
    margin-top: 12px;
    font-size: 24px;
    line-height: 1.2;
  }
  .message {
    margin-top: 16px;
  }
  .button {
    margin-top: 24px;
  }
  .help {
    margin-top: 40px;
    padding-top: 20px;
    border-top: 1px solid var(--_line);
  }
`;

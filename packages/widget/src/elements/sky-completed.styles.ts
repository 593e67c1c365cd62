import { css } from 'lit';

export const completedStyles = css`
  .notice {
    margin-top: 24px;
  }
  :host {
    --_column: 800px;
    --_banner: var(--_success);
  }
  .column {
    padding-top: 48px;
  }
  .halves {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 48px;
    margin-top: 40px;
  }
  sky-progress {
    margin-top: 16px;
  }
  .documents {
    margin-top: 10px;
  }
  .documents li {
    border-bottom: 1px solid var(--_line);
  }
  .documents button {
    display: flex;
    gap: 12px;
    align-items: center;
    width: 100%;
    min-height: 44px;
    padding: 10px 0;
    border: 0;
    background: none;
    line-height: 1.5;
    text-align: start;
    cursor: pointer;
  }
  .documents svg {
    color: var(--_muted);
  }
  .number {
    margin-top: 12px;
  }
  .actions {
    padding-top: 24px;
    border-top: 1px solid var(--_line);
  }
  @container (width < 640px) {
    .halves {
      grid-template-columns: minmax(0, 1fr);
      gap: 32px;
      margin-top: 32px;
    }
  }
`;

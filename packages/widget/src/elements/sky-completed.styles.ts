import { css } from 'lit';

export const completedStyles = css`
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
  .steps {
    margin-top: 16px;
  }
  .steps li {
    position: relative;
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr) auto;
    gap: 0 16px;
    padding-bottom: 24px;
  }
  .steps li:last-child {
    padding-bottom: 0;
  }
  .steps li:not(:last-child)::after {
    content: '';
    position: absolute;
    inset: 38px auto 2px 17px;
    width: 2px;
    background: var(--_line);
  }
  .steps .signed:not(:last-child)::after {
    background: var(--_success);
  }
  .disc {
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    border: 2px solid var(--_edge);
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_muted);
    font-weight: 700;
    line-height: 1;
  }
  .signed .disc {
    border-color: var(--_success);
    background: var(--_success);
    color: var(--_surface);
  }
  .active .disc,
  .sealing .disc {
    border-color: var(--_primary);
    color: var(--_primary);
  }
  .who {
    color: var(--_strong);
    font-weight: 700;
    line-height: 1.5;
  }
  .state {
    padding-top: 2px;
    text-align: end;
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

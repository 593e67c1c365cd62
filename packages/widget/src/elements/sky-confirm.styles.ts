import { css } from 'lit';

export const confirmStyles = css`
  .documents {
    margin-top: 12px;
    border-top: 1px solid var(--_line);
  }
  .documents li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    padding: 10px 0;
    border-bottom: 1px solid var(--_line);
    line-height: 1.5;
  }
  .documents .name {
    flex: 1;
  }
  .documents .inside {
    flex-basis: 100%;
    padding-inline-start: 36px;
  }
  .facts {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 6px 24px;
    margin-top: 16px;
  }
  .facts dt {
    color: var(--_muted);
  }
  .facts dd {
    color: var(--_strong);
  }
  .consent {
    margin-top: 20px;
    padding: 8px 16px;
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  .consent .check {
    gap: 12px;
    color: var(--_strong);
  }
  .consent .more {
    padding: 0 0 8px 36px;
  }
  @container (width < 640px) {
    .documents li {
      flex-wrap: wrap;
      gap: 4px 12px;
    }
    .documents .items {
      flex-basis: 100%;
      padding-inline-start: 36px;
    }
    .facts {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }
  }
`;

import { css } from 'lit';

/** Choices on one side, the preview on the other; the preview first where there is no room. */
export const panelStyles = css`
  .halves {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 304px;
    gap: 32px;
    padding-top: 20px;
  }
  .choosing {
    display: grid;
    gap: 20px;
    align-content: start;
  }
  /* Two beside each other where they fit. */
  .pair {
    display: flex;
    flex-wrap: wrap;
    gap: 20px;
  }
  .pair > :first-child {
    min-width: calc(50% - 10px);
  }
  .legend {
    font-size: 16px;
    font-weight: 700;
    line-height: 1.7;
    color: var(--_strong);
  }
  .label + .hint + .input,
  .input {
    margin-top: 8px;
  }
  .dot {
    width: 18px;
    height: 18px;
    border-radius: 50%;
    box-shadow: 0 0 0 1px var(--_edge);
    forced-color-adjust: none;
  }
  .note {
    margin-top: 12px;
    font-size: 14px;
    line-height: 1.6;
    letter-spacing: 0;
    color: var(--_muted);
  }
  .line {
    display: block;
  }
  .short {
    flex: 1 1 180px;
    max-width: 220px;
  }
  @container (width < 640px) {
    .halves {
      grid-template-columns: minmax(0, 1fr);
      gap: 20px;
      padding-top: 8px;
    }
    .halves > :last-child {
      order: -1;
    }
    .note.wide {
      display: none;
    }
  }
`;

import { css } from 'lit';

/** A plain screen: one column on the surface. `--_column` is its width. */
export const screen = css`
  :host {
    height: 100%;
    overflow: auto;
    background: var(--_surface);
    scroll-padding: 16px;
  }
  .column {
    width: 100%;
    max-width: calc(var(--_column, 640px) + 48px);
    margin: 0 auto;
    padding: 64px 24px 48px;
    box-sizing: border-box;
  }
  h1 {
    font-size: 28px;
    line-height: 1.5;
    text-wrap: balance;
  }
  h2 {
    font-size: 20px;
    line-height: 1.5;
  }
  .banner {
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr);
    gap: 8px 20px;
    padding: 24px;
    border: 3px solid var(--_banner, var(--_edge));
    border-radius: var(--_radius-large);
    background: var(--_surface);
  }
  .banner > svg {
    width: 36px;
    height: 36px;
    margin-top: 1px;
    color: var(--_banner, var(--_edge));
  }
  .banner h1 {
    font-size: 24px;
  }
  .banner .text {
    grid-column: 2;
  }
  .facts {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 6px 24px;
  }
  .facts dt {
    color: var(--_muted);
  }
  .facts dd {
    color: var(--_strong);
  }
  .actions {
    display: flex;
    justify-content: flex-end;
    gap: 16px;
    margin-top: 40px;
  }
  @container (width < 640px) {
    .column {
      padding: 32px 16px;
    }
    h1 {
      font-size: 24px;
    }
    .banner {
      grid-template-columns: 28px minmax(0, 1fr);
      gap: 4px 12px;
      padding: 16px;
    }
    .banner > svg {
      width: 28px;
      height: 28px;
      margin-top: 2px;
    }
    .banner h1 {
      font-size: 20px;
    }
    .banner .text {
      grid-column: 1 / 3;
    }
    .facts {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }
    .facts dd:not(:last-child) {
      margin-bottom: 10px;
    }
    .actions {
      flex-direction: column-reverse;
      gap: 12px;
    }
  }
`;

import { css } from 'lit';

/** Tabs under the title; the footer asks before strokes or a file are lost. */
export const sealDialogStyles = css`
  dialog > .head {
    padding-bottom: 0;
    border-bottom: 1px solid var(--_line);
  }
  h2 .for {
    margin-inline-start: 10px;
    font-size: 16px;
    font-weight: 400;
    color: var(--_muted);
  }
  .foot > .text {
    margin-inline-end: auto;
  }
  .foot > [aria-busy] {
    cursor: progress;
  }
  .now {
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .now {
      animation: none;
    }
  }
  .tabs {
    display: flex;
    margin-top: 8px;
  }
  .last {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin-top: 20px;
    padding: 12px 16px;
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  .last .paper {
    display: grid;
    place-items: center;
    width: 64px;
    height: 64px;
    border-radius: 4px;
    background: #fff;
    forced-color-adjust: none;
  }
  .last img {
    max-width: 56px;
    max-height: 56px;
  }
  .last .button {
    margin-inline-start: auto;
  }
  dialog > .asking {
    flex-wrap: wrap;
  }
  .asking p {
    flex: 1 1 240px;
    line-height: 1.5;
  }
  .asking span {
    display: block;
  }
  @container (width < 640px) {
    dialog > .head {
      padding: 16px 8px 0;
    }
    dialog > .head h2 {
      padding: 0 8px;
    }
    .tab {
      flex: 1 1 auto;
      padding: 4px 6px 0;
      font-size: 14px;
      white-space: normal;
      word-break: auto-phrase;
    }
  }
  @media (height < 480px) {
    dialog.wide {
      width: 100%;
      max-height: 100dvh;
      height: 100dvh;
      border-radius: 0;
    }
    dialog > .head {
      padding: 4px 16px 0;
    }
    dialog > .head h2 {
      font-size: 16px;
    }
    .tabs {
      margin-top: 0;
    }
    dialog > .body {
      padding: 0 16px 12px;
    }
    dialog > .foot {
      padding: 6px 16px;
    }
  }
  /* A telephone on its side: one line of head, so that there is room to write. */
  @media (width >= 640px) and (height < 480px) {
    dialog > .head {
      display: flex;
      align-items: center;
      gap: 16px;
    }
    h2 .for {
      display: none;
    }
  }
`;

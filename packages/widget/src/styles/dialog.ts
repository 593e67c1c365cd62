import { css } from 'lit';

/** A native dialog: 640 wide, or 896 where it is `wide`; head, scrolling body, fixed footer. */
export const dialog = css`
  dialog {
    width: min(100% - 48px, 640px);
    max-width: none;
    max-height: min(100dvh - 48px, 900px);
    padding: 0;
    border: 1px solid transparent;
    border-radius: var(--_radius-large);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow-dialog);
    overflow: hidden;
  }
  dialog.wide {
    width: min(100% - 48px, 896px);
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: fade var(--_motion) ease-out;
  }
  dialog::backdrop {
    background: var(--_scrim);
    animation: fade var(--_motion) ease-out;
  }
  dialog > .head {
    padding: 24px 32px 12px;
  }
  dialog > .head h2 {
    font-size: 24px;
    line-height: 1.5;
  }
  dialog > .body {
    flex: 1 1 auto;
    min-height: 0;
    padding: 8px 32px 28px;
    overflow: auto;
    scroll-padding: 16px;
  }
  dialog > .foot {
    display: flex;
    justify-content: flex-end;
    align-items: center;
    gap: 16px;
    padding: 16px 32px;
    border-top: 1px solid var(--_line);
  }
  @keyframes fade {
    from {
      opacity: 0;
    }
  }
  @keyframes rise {
    from {
      translate: 0 24px;
      opacity: 0;
    }
  }
  @container (width < 640px) {
    dialog,
    dialog.wide {
      width: calc(100% - 32px);
      max-height: calc(100dvh - 32px);
    }
    dialog > .head {
      padding: 20px 16px 8px;
    }
    dialog > .head h2 {
      font-size: 20px;
    }
    dialog > .body {
      padding: 8px 16px 24px;
    }
    dialog > .foot {
      flex-wrap: wrap;
      gap: 12px;
      padding: 12px 16px;
    }
    dialog > .foot .button {
      flex: 1 1 auto;
      min-width: 0;
      padding: 8px 10px;
      white-space: normal;
      /* One under the other rather than broken in the middle of a word. */
      word-break: keep-all;
    }
    dialog.full {
      width: 100%;
      height: 100%;
      max-height: none;
      margin: 0;
      border: 0;
      border-radius: 0;
    }
    dialog.sheet {
      width: 100%;
      max-height: 92%;
      margin: auto 0 0;
      border-radius: 16px 16px 0 0;
      box-shadow: var(--_shadow-sheet);
      padding-bottom: env(safe-area-inset-bottom, 0);
    }
    dialog.sheet[open] {
      animation-name: rise;
    }
  }
  @media (height < 480px) {
    dialog,
    dialog.wide {
      max-height: calc(100dvh - 16px);
    }
    dialog > .head {
      padding-block: 8px 4px;
    }
    dialog > .head h2 {
      font-size: 20px;
    }
    dialog > .body {
      padding-block: 4px 12px;
    }
    dialog > .foot {
      padding-block: 8px;
    }
  }
  /* A window at 400 %: nothing is fixed where that would leave no room between head and footer. */
  @media (width < 640px) and (height < 480px) {
    dialog:not(.sheet)[open] {
      overflow: hidden auto;
    }
    dialog:not(.sheet) > .body {
      flex-shrink: 0;
      overflow: visible;
    }
  }
`;

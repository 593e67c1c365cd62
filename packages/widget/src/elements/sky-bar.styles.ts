import { css } from 'lit';

export const barStyles = css`
  .bar {
    position: relative;
    display: flex;
    align-items: center;
    gap: 16px;
    min-height: 72px;
    padding: 12px 24px;
    border-top: 1px solid var(--_line);
    background: var(--_surface);
    box-shadow: 0 -1px 4px rgb(0 0 0 / 6%);
  }
  .message {
    flex: 1;
    min-width: 0;
    line-height: 1.5;
  }
  .message b {
    color: var(--_strong);
    word-break: auto-phrase;
  }
  .message .small {
    display: block;
  }
  .message .short {
    display: none;
    white-space: nowrap;
  }
  .button {
    min-width: 136px;
  }
  .meter,
  .list {
    display: none;
  }
  @container (width < 900px) or (height < 480px) {
    .message .long {
      display: none;
    }
    .message .short {
      display: block;
    }
  }
  @container (width < 900px) {
    .button.list {
      display: inline-flex;
      min-width: 0;
    }
  }
  @container (width < 640px) {
    .bar {
      flex-wrap: wrap;
      gap: 8px 12px;
      padding: 8px 16px calc(12px + env(safe-area-inset-bottom, 0px));
      border-top: 0;
    }
    .meter {
      display: block;
      position: absolute;
      inset: 0 0 auto;
      height: 4px;
      background: var(--_line);
    }
    .meter i {
      display: block;
      height: 100%;
      background: var(--_primary);
      transition: width var(--_motion) ease-out;
    }
    .message {
      display: flex;
      flex: 1 1 55%;
      align-items: center;
      min-height: 44px;
    }
    .button {
      flex: 1 1 40%;
      min-width: 0;
    }
    .button.list {
      flex: none;
      padding: 8px 0;
      border-color: transparent;
      background: none;
      font-weight: 400;
      text-decoration: underline;
      text-underline-offset: 3px;
    }
  }
  @container (height < 480px) {
    .bar {
      min-height: 56px;
      padding-block: 4px;
    }
  }
  /* As a telephone on its side, or a large one at 400 %: the room goes to the pages; what is left to do is in the list. */
  @container (width < 640px) and (height < 480px) {
    .bar:not(:has(.error)) {
      flex-wrap: nowrap;
      gap: 8px;
      padding: 6px 12px 4px;
    }
    .message:not(:has(.error)) {
      position: absolute;
      width: 1px;
      min-height: 0;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .button:not(.list) {
      flex: 1 1 auto;
      padding: 8px;
    }
  }
`;

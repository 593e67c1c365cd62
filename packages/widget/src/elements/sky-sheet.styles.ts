import { css } from 'lit';

export const sheetStyles = css`
  .grip {
    display: none;
  }
  dialog > .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 16px 24px 8px 32px;
  }
  dialog > .head h2 {
    font-size: 20px;
  }
  h2 .must {
    margin-inline-start: 12px;
    font-size: 16px;
    font-weight: 400;
    color: var(--_error);
  }
  dialog > .body {
    padding: 0;
  }
  @container (width < 640px) {
    .grip {
      display: block;
      position: absolute;
      inset: 8px 0 auto;
      width: 40px;
      height: 4px;
      margin: 0 auto;
      border-radius: 2px;
      background: var(--_edge);
    }
    dialog > .head {
      padding: 16px 8px 4px 16px;
    }
    dialog > .head h2 {
      font-size: 18px;
      line-height: 1.6;
    }
    dialog > .body {
      padding: 0;
    }
  }
`;

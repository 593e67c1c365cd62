import { css } from 'lit';

export const sealPadStyles = css`
  .panel {
    padding-top: 20px;
  }
  .around {
    position: relative;
    margin-top: 12px;
  }
  /* On the paper, which must not move under the hand that writes. */
  .around .message {
    position: absolute;
    inset: 4px 16px auto;
    color: #ce0000;
    pointer-events: none;
    forced-color-adjust: none;
  }
  .pad {
    position: relative;
    height: 256px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: #fff;
    overflow: hidden;
    forced-color-adjust: none;
  }
  .pad::after {
    content: '';
    position: absolute;
    inset: auto 32px 44px;
    border-bottom: 1px dashed #949494;
    pointer-events: none;
  }
  canvas {
    display: block;
    width: 100%;
    height: 100%;
    cursor: crosshair;
    touch-action: none;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-top: 8px;
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-inline-start: auto;
  }
  legend {
    float: inline-start;
  }
  .choices {
    margin-top: 0;
  }
  /* There before its words are, for the same reason. */
  .small {
    min-height: 1.5em;
    margin-top: 12px;
    font-size: 14px;
    letter-spacing: 0;
  }
  /* A telephone on its side: paper to write on, and room beside it to scroll by. */
  @media (height < 480px) {
    .panel {
      padding-top: 8px;
    }
    .how {
      display: none;
    }
    .around {
      margin-top: 0;
    }
    .pad {
      height: max(140px, 50vh);
    }
  }
`;

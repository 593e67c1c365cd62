import { css } from 'lit';

export const sealPreviewStyles = css`
  .preview {
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: #fff;
    color: var(--_strong);
    overflow: hidden;
    forced-color-adjust: none;
  }
  .large {
    position: relative;
    display: grid;
    place-items: center;
    height: 236px;
    padding-bottom: 16px;
  }
  :host([transparent]) .large {
    background: repeating-conic-gradient(#e6e6e6 0 25%, #fff 0 50%) 0 0 / 16px 16px;
  }
  .size {
    position: absolute;
    inset: auto 0 8px;
    justify-self: center;
    padding: 2px 8px;
    background: #fff;
    color: #4d4d4d;
    font-size: 14px;
    line-height: 1.2;
    letter-spacing: 0;
    text-align: center;
  }
  .paper {
    padding: 10px 16px 14px;
    border-top: 1px solid #ccc;
    color: #4d4d4d;
    font-size: 14px;
    line-height: 1.5;
    letter-spacing: 0;
  }
  .line {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-height: 88px;
    margin-top: 6px;
    color: #1a1a1a;
    font-family: var(--_seal-font);
    font-size: 15px;
  }
  .line span {
    white-space: nowrap;
  }
  .place {
    display: grid;
    place-items: center;
    flex: none;
    box-sizing: border-box;
    width: var(--_place-width);
    height: var(--_place-height);
    outline: var(--_place-line) dashed #949494;
  }
  canvas {
    display: block;
    flex: none;
  }
  @container (width < 640px) {
    .preview {
      display: grid;
      grid-template-columns: 148px minmax(0, 1fr);
    }
    .large {
      height: 148px;
      padding: 0;
    }
    .size,
    .line span {
      display: none;
    }
    .paper {
      padding: 10px 12px;
      border-top: 0;
      border-inline-start: 1px solid #ccc;
    }
    .line {
      justify-content: center;
    }
  }
`;

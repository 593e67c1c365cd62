import { css } from 'lit';

/** The text layer follows the custom properties that PDF.js sets on each span. */
export const pageStyles = css`
  :host {
    position: relative;
    flex: none;
    forced-color-adjust: none;
  }
  .paper {
    position: absolute;
    inset: 0;
    background: #fff;
    color: #1a1a1a;
    box-shadow: 0 1px 4px rgb(0 0 0 / 25%);
  }
  .picture,
  .text {
    position: absolute;
    inset: 0;
    overflow: clip;
  }
  canvas {
    display: block;
    width: 100%;
    height: 100%;
  }
  .text {
    --scale-round-x: 1px;
    --scale-round-y: 1px;
    --min-font-size: 1;
    --text-scale-factor: calc(var(--total-scale-factor) * var(--min-font-size));
    line-height: 1;
    letter-spacing: normal;
    text-align: initial;
    user-select: text;
  }
  /* A layer as large as the page, of nothing but transparent letters. */
  :host(:not([marked])) .text {
    opacity: 0;
  }
  .structure {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .layer {
    position: absolute;
    inset: 0;
    transform-origin: 0 0;
  }
  .layer[data-main-rotation='90'] {
    transform: rotate(90deg) translateY(-100%);
  }
  .layer[data-main-rotation='180'] {
    transform: rotate(180deg) translate(-100%, -100%);
  }
  .layer[data-main-rotation='270'] {
    transform: rotate(270deg) translateX(-100%);
  }
  .layer :is(span, br) {
    position: absolute;
    color: transparent;
    white-space: pre;
    cursor: text;
    transform-origin: 0 0;
  }
  .layer > :not(.markedContent),
  .layer .markedContent span:not(.markedContent) {
    --font-height: 0;
    --scale-x: 1;
    --rotate: 0deg;
    font-size: calc(var(--text-scale-factor) * var(--font-height));
    transform: rotate(var(--rotate)) scaleX(var(--scale-x)) scale(calc(1 / var(--min-font-size)));
  }
  .layer .markedContent {
    position: static;
  }
  .text ::selection {
    background: rgb(0 23 193 / 25%);
  }
  ::highlight(sky-found) {
    background: rgb(255 212 61 / 45%);
    color: transparent;
  }
  ::highlight(sky-found-now) {
    background: rgb(255 120 0 / 55%);
    color: transparent;
  }
  .out {
    position: absolute;
    z-index: 1;
  }
  .out:hover {
    background: rgb(0 23 193 / 10%);
  }
  .other {
    position: absolute;
    z-index: 1;
    border: 1px dotted #767676;
    border-radius: 4px;
    background: repeating-linear-gradient(135deg, #f2f2f2 0 6px, #fff 6px 12px);
    font-family: var(--_font);
  }
  .other span {
    position: absolute;
    inset: auto auto 100% -1px;
    margin-bottom: 2px;
    padding: 0 6px;
    color: #666;
    font-size: 14px;
    line-height: 24px;
    letter-spacing: 0;
    white-space: nowrap;
  }
`;

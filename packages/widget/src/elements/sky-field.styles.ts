import { css } from 'lit';

/** States of a field on the paper; border and tag do not scale with the page. */
export const fieldStyles = css`
  :host {
    position: absolute;
    font-family: var(--_font);
    color: #1a1a1a;
    line-height: 1.4;
  }
  .box {
    position: absolute;
    inset: 0;
    border-radius: 4px;
    letter-spacing: 0;
  }
  .box::before {
    content: '';
    position: absolute;
    inset: 0;
    border: 2px solid var(--_success);
    border-radius: 4px;
    pointer-events: none;
  }
  .todo {
    background: #e8f1fe;
  }
  .todo::before {
    border: 2px dashed var(--_primary);
  }
  .optional {
    background: rgb(255 255 255 / 92%);
  }
  .optional::before {
    border: 1px dashed #666;
  }
  .current {
    z-index: 2;
    background: #e8f1fe;
  }
  .current::before {
    border: 2px solid var(--_primary);
  }
  .done::before {
    border: 1px solid var(--_success);
  }
  .error {
    background: #fdeeee;
  }
  .error::before {
    border: 2px solid var(--_error);
  }
  .box.error {
    color: inherit;
  }
  .tag {
    position: absolute;
    inset: auto auto 100% -1px;
    display: inline-flex;
    align-items: center;
    gap: 4px;
    height: 20px;
    margin-bottom: 2px;
    padding: 0 6px;
    border-radius: 4px;
    background: #fff;
    color: var(--_primary);
    font-size: 14px;
    line-height: 1;
    white-space: nowrap;
    pointer-events: none;
  }
  .tag svg {
    stroke-width: 2.4;
  }
  .done .tag {
    color: var(--_success);
  }
  .optional .tag {
    color: #4d4d4d;
  }
  .error .tag {
    color: var(--_error);
  }
  .current .tag {
    height: 24px;
    background: var(--_primary);
    color: #fff;
    font-weight: 700;
  }
  .box:focus-within .tag:not(.beside) {
    margin-bottom: 8px;
  }
  .tag.beside {
    inset: 50% auto auto 100%;
    margin: 0 0 0 7px;
    translate: 0 -50%;
  }
  .tag.over {
    inset: auto -1px 100% auto;
  }
  .control {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: none;
    color: #1a1a1a;
    text-align: start;
    appearance: none;
  }
  .control::after {
    content: '';
    position: absolute;
    inset: calc(-1 * var(--_grow, 0px)) calc(-1 * var(--_grow-wide, 0px));
  }
  .type {
    padding: 0 min(10px, 6%);
    font-size: var(--_size);
    line-height: 1.4;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .type:focus {
    font-size: var(--_typing-size, var(--_size));
  }
  textarea.type {
    padding-block: 6px;
    white-space: pre-wrap;
    resize: none;
  }
  button.control,
  .tick {
    cursor: pointer;
  }
  button.type {
    overflow: visible;
  }
  .cut {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .sign {
    display: grid;
    place-items: center;
  }
  .sign img {
    display: block;
    forced-color-adjust: none;
  }
  .tick {
    display: grid;
    place-items: center;
  }
  .tick::before {
    content: '';
    width: 30%;
    height: 60%;
    margin-top: -12%;
    border: solid #1a1a1a;
    border-width: 0 max(2px, 0.14em) max(2px, 0.14em) 0;
    rotate: 45deg;
    opacity: 0;
  }
  .tick:checked::before {
    opacity: 1;
  }
  .guide {
    position: absolute;
    inset: calc(100% + 8px) auto auto 0;
    display: none;
    padding: 2px 6px;
    border-radius: 4px;
    background: #fff;
    color: #4d4d4d;
    font-size: 14px;
    line-height: 1.4;
    width: max-content;
    max-width: min(420px, 80cqw);
    pointer-events: none;
  }
  .box:focus-within:not(.told) .guide {
    display: block;
  }
  @media (forced-colors: active) {
    :host {
      forced-color-adjust: none;
    }
  }
`;

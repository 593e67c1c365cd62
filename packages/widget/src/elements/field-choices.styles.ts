import { css } from 'lit';

/** Buttons, lists and cells on the paper. Between the buttons of a group the paper stays to be seen and selected. */
export const choiceStyles = css`
  :host([echo]) {
    pointer-events: none;
  }
  .echo::before {
    content: none;
  }
  .box.group {
    background: none;
    pointer-events: none;
  }
  .group::before {
    inset: -6px;
  }
  .group .control {
    pointer-events: auto;
  }
  .pick {
    position: absolute;
    inset: auto;
    display: grid;
    place-items: center;
    border: 2px solid var(--_primary);
    border-radius: 50%;
    background: #fff;
    cursor: pointer;
  }
  .done .pick {
    border-color: var(--_success);
  }
  .optional .pick {
    border: 1px solid #666;
  }
  .error .pick {
    border-color: var(--_error);
  }
  .pick::before {
    content: '';
    width: 50%;
    height: 50%;
    border-radius: 50%;
    background: #1a1a1a;
    opacity: 0;
  }
  .pick:checked::before,
  .pick.on::before {
    opacity: 1;
  }
  .list {
    padding-inline-end: 20px;
    cursor: pointer;
  }
  .arrow {
    position: absolute;
    inset: 0 2px 0 auto;
    display: grid;
    place-items: center;
    pointer-events: none;
  }
  .set:not(:focus) {
    color: transparent;
  }
  .set:focus ~ .cells,
  .set:focus ~ .lines {
    display: none;
  }
  .lines {
    position: absolute;
    inset: var(--_top) var(--_inset) auto;
    color: #1a1a1a;
    font-size: var(--_size);
    line-height: var(--_leading);
    white-space: pre;
    pointer-events: none;
  }
  .lines > span {
    display: block;
    min-height: calc(var(--_leading) * 1em);
  }
  .cells {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template-columns: repeat(var(--_cells), 1fr);
    align-items: center;
    text-align: center;
    font-size: var(--_size);
    white-space: nowrap;
    pointer-events: none;
  }
`;

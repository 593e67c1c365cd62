import { css } from 'lit';

export const toolbarStyles = css`
  /* What stands in it is laid out by its own width: beside a list it has less than the element. */
  .toolbar {
    container-type: inline-size;
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 49px;
    padding: 2px 16px;
    border-bottom: 1px solid var(--_line);
    background: var(--_surface);
    letter-spacing: 0;
  }
  .rule {
    width: 1px;
    height: 24px;
    margin: 0 12px;
    background: var(--_line);
  }
  .page {
    display: flex;
    align-items: center;
    gap: 8px;
    white-space: nowrap;
  }
  .page input,
  .find input {
    height: 36px;
    border: 1px solid var(--_edge);
    border-radius: 6px;
    background: var(--_surface);
  }
  .page input {
    width: 48px;
    padding: 0;
    text-align: center;
  }
  .zoom {
    position: relative;
    display: flex;
    align-items: center;
  }
  .zoom select {
    appearance: none;
    field-sizing: content;
    height: 36px;
    padding: 0 32px 0 12px;
    border: 1px solid var(--_edge);
    border-radius: 6px;
    background: var(--_surface);
    cursor: pointer;
  }
  .zoom svg {
    position: absolute;
    inset-inline-end: 6px;
    pointer-events: none;
  }
  .space {
    flex: 1;
  }
  .search {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    height: 44px;
    padding: 0 12px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    white-space: nowrap;
    cursor: pointer;
  }
  .search:hover {
    background: var(--_hover);
  }
  .find {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
  }
  .find input {
    width: 176px;
    min-width: 112px;
    padding: 0 10px;
  }
  .find output {
    font-size: 14px;
    color: var(--_muted);
    white-space: nowrap;
  }
  .short {
    display: none;
  }
  @container (width < 950px) {
    .long {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .short {
      display: inline;
    }
    :host([searching]) .unit {
      display: none;
    }
    :host([searching]) .rule {
      margin: 0 4px;
    }
  }
  @container (width < 720px) {
    .unit,
    .search span {
      display: none;
    }
    .rule {
      margin: 0 4px;
    }
  }
  @container (width < 900px) {
    :host([searching]) .toolbar > :not(.find) {
      display: none;
    }
    :host([searching]) .find,
    :host([searching]) .find input {
      flex: 1;
    }
  }
  @container (width < 640px) or (height < 480px) {
    :host(:not([searching])),
    .toolbar > :not(.find) {
      display: none;
    }
    .find,
    .find input {
      flex: 1;
    }
  }
`;

import { css } from 'lit';

export const headerStyles = css`
  .head {
    position: relative;
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 72px;
    padding: 8px 24px;
    border-bottom: 1px solid var(--_line);
    background: var(--_surface);
  }
  .words {
    flex: 1;
    min-width: 0;
  }
  h1,
  p {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h1 {
    font-size: 20px;
    line-height: 1.5;
  }
  .menu {
    position: absolute;
    inset: calc(100% - 4px) 24px auto auto;
    z-index: 5;
    min-width: 240px;
    max-width: calc(100% - 32px);
    max-height: calc(100cqh - 64px);
    padding: 8px;
    overflow: auto;
    scroll-padding: 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 2px 8px 1px rgb(0 0 0 / 10%), 0 1px 5px rgb(0 0 0 / 30%);
  }
  .menu button {
    display: block;
    width: 100%;
    min-height: 44px;
    padding: 8px;
    border: 0;
    border-radius: 4px;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .menu button:hover {
    background: var(--_hover);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .narrow,
  .menu .narrow,
  .menu .tool {
    display: none;
  }
  @container (640px <= width < 900px) and (height >= 480px) {
    p {
      white-space: normal;
    }
  }
  @container (width < 640px) {
    .head {
      gap: 0;
      min-height: 60px;
      padding: 4px 4px 4px 16px;
    }
    h1 {
      font-size: 16px;
    }
    .wide {
      display: none;
    }
    .narrow {
      display: revert;
    }
    .icon-button.narrow {
      display: inline-grid;
    }
    .menu .narrow {
      display: block;
    }
    .menu {
      inset-inline-end: 8px;
    }
  }
  @container (height < 480px) {
    .head {
      min-height: 48px;
      padding-block: 2px;
    }
    p {
      display: none;
    }
  }
  @container (width < 640px) or (height < 480px) {
    .menu .tool {
      display: block;
    }
  }
`;

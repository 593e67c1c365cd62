import { css } from 'lit';

export const completingStyles = css`
  dialog[open] {
    user-select: none;
  }
  .line {
    height: 8px;
    margin-top: 16px;
    border-radius: 4px;
    background: var(--_tint);
    box-shadow: inset 0 0 0 1px var(--_line);
    overflow: hidden;
  }
  .line i {
    display: block;
    height: 100%;
    border-radius: 4px;
    background: var(--_primary);
    transition: width 400ms ease-out;
  }
  ol {
    margin-top: 12px;
  }
  li {
    display: flex;
    gap: 12px;
    align-items: flex-start;
    padding: 8px 0;
    line-height: 1.5;
  }
  b {
    color: var(--_strong);
  }
  .safe {
    margin-top: 12px;
  }
  .now {
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .now {
      animation: none;
    }
    .line i {
      transition: none;
    }
  }
`;

import { css } from 'lit';

export const pagesStyles = css`
  :host {
    position: relative;
    min-height: 0;
  }
  .pages {
    display: flex;
    flex-direction: column;
    align-items: safe center;
    gap: var(--sky-page-gap, 16px);
    height: 100%;
    padding: 16px 24px;
    overflow: auto;
    background: var(--_canvas);
    scroll-padding: 48px;
    touch-action: pan-x pan-y;
  }
  .pages.fits {
    overflow-x: clip;
  }
  .pages:focus-visible {
    outline-offset: -4px;
    box-shadow: none;
  }
  .said {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    height: 100%;
    padding: 24px;
    background: var(--_canvas);
    color: var(--_text);
    text-align: center;
  }
  .said svg {
    color: var(--_primary);
  }
  .said .error svg {
    color: var(--_error);
  }
  .busy svg {
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .busy svg {
      animation: none;
    }
  }
  @container (width < 640px) {
    .pages {
      padding: 8px;
    }
  }
`;

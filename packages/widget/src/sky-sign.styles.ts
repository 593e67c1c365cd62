import { css } from 'lit';

/** The element itself: its size is the container that everything inside is laid out by. */
export const skySignStyles = css`
  :host {
    container: sky / size;
    position: relative;
    height: var(--sky-height, 100dvh);
    max-height: 100dvh;
    min-height: 0;
    background: var(--_surface);
    color: var(--_text);
    font-family: var(--_font);
    font-size: 16px;
    font-weight: 400;
    line-height: 1.7;
    letter-spacing: 0.02em;
    line-break: strict;
    overflow-wrap: anywhere;
    text-align: start;
    /* What is hidden can still be scrolled to; what is clipped cannot. */
    overflow: hidden;
    overflow: clip;
  }
  .all {
    display: contents;
  }
  .opening {
    display: grid;
    place-items: center;
    height: 100%;
    color: var(--_muted);
    animation: appear 0s 400ms both;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
`;

import { css } from 'lit';

/** The reviewing screen: header, checklist beside the pages, bar. */
export const reviewStyles = css`
  :host {
    display: grid;
    grid-template: 'head head' auto 'note note' auto 'side main' minmax(0, 1fr) 'foot foot' auto / var(--sky-side-width, 304px) minmax(0, 1fr);
    height: 100%;
    background: var(--_surface);
  }
  :host([finished]) {
    grid-template: 'head' auto 'note' auto 'main' minmax(0, 1fr) 'foot' auto / minmax(0, 1fr);
  }
  sky-header {
    grid-area: head;
  }
  .side {
    grid-area: side;
    min-height: 0;
    border-inline-end: 1px solid var(--_line);
    overflow: hidden auto;
    scroll-padding: 16px;
  }
  .main {
    grid-area: main;
    display: grid;
    grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }
  sky-bar,
  .closing {
    grid-area: foot;
  }
  .notice {
    grid-area: note;
  }
  .closing {
    display: flex;
    justify-content: flex-end;
    padding: 12px 24px;
    border-top: 1px solid var(--_line);
  }
  sky-sheet > sky-envelope-facts {
    padding: 0 32px 32px;
  }
  @container (width < 900px) {
    :host {
      grid-template: 'head' auto 'note' auto 'main' minmax(0, 1fr) 'foot' auto / minmax(0, 1fr);
    }
    .side {
      display: none;
    }
  }
  @container (width < 640px) {
    sky-sheet > sky-envelope-facts {
      padding: 0 16px 24px;
    }
    .closing {
      padding: 12px 16px;
    }
    .closing .button {
      flex: 1;
    }
  }
`;

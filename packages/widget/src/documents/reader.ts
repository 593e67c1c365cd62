import type { DocumentBytes } from './document-bytes.js';
import type { Pdf } from './open-pdf.js';
import { holdPort } from './worker-port.js';

/** PDF.js and its worker, started before there is anything to show. */
export interface Reader {
  /** Opens a document before its pages are on the screen; `openPdf` then finds it open. */
  openAhead(bytes: DocumentBytes, options: { assetsUrl: string }): void;
  release(): void;
}

/** Loads the code of PDF.js and keeps its worker running. What fails here is tried again, and told, when a document is opened. */
export function startReader(assetsUrl: string): Reader {
  const { release } = holdPort(assetsUrl);
  const code = import('./open-pdf.js');
  code.catch(() => undefined);
  let ahead: Promise<Pdf> | undefined;
  const closeAhead = (): void => void ahead?.then((pdf) => pdf.close(), () => undefined);
  return {
    openAhead: (bytes, options) => {
      closeAhead();
      ahead = code.then(({ openAhead }) => openAhead(bytes, options));
      ahead.catch(() => undefined);
    },
    release: () => {
      closeAhead();
      release();
    },
  };
}

// PDF.js as it is meant to be used, bare and with its own viewer; `show` begins with nothing loaded.
const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));

async function load() {
  const pdfjs = await import('/pdfjs/legacy/build/pdf.min.mjs');
  pdfjs.GlobalWorkerOptions.workerSrc = '/pdfjs/legacy/build/pdf.worker.min.mjs';
  globalThis.pdfjsLib = pdfjs;
  const options = { url: '/document.pdf', cMapUrl: '/pdfjs/cmaps/', cMapPacked: true, standardFontDataUrl: '/pdfjs/standard_fonts/', wasmUrl: '/pdfjs/wasm/', rangeChunkSize: 512 * 1024, disableAutoFetch: true, disableStream: true };
  return { pdfjs, document: await pdfjs.getDocument(options).promise };
}

globalThis.show = {
  /** One canvas, nothing else. */
  async bare() {
    const start = performance.now();
    const { document: pdf } = await load();
    const page = await pdf.getPage(1);
    // 100 %, as the element and the viewer show it.
    const viewport = page.getViewport({ scale: (96 / 72) * devicePixelRatio });
    const canvas = Object.assign(document.createElement('canvas'), { width: viewport.width, height: viewport.height });
    canvas.style.width = `${viewport.width / devicePixelRatio}px`;
    document.querySelector('#viewer').append(canvas);
    await page.render({ canvas, viewport }).promise;
    return (await painted()) - start;
  },
  /** PDF.js' own viewer component. */
  async viewer() {
    const start = performance.now();
    const { document: pdf } = await load();
    const { EventBus, PDFLinkService, PDFViewer } = await import('/pdfjs/legacy/web/pdf_viewer.mjs');
    const eventBus = new EventBus();
    const linkService = new PDFLinkService({ eventBus });
    const viewer = new PDFViewer({ container: document.querySelector('#container'), eventBus, linkService });
    linkService.setViewer(viewer);
    eventBus.on('pagesinit', () => (viewer.currentScaleValue = '1'));
    const first = new Promise((resolve) => eventBus.on('pagerendered', ({ pageNumber }) => pageNumber === 1 && resolve()));
    viewer.setDocument(pdf);
    linkService.setDocument(pdf);
    await first;
    return (await painted()) - start;
  },
};

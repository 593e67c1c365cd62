import { expect } from 'chai';
import { makeLargePdf } from '../documents/large-pdf.js';
import { until } from '../testing/screen.js';
import { removePages, showPages } from '../testing/show-pages.js';

const native = HTMLCanvasElement.prototype.getContext;

describe('pages that come on the screen', function () {
  this.timeout(60_000);
  /** Canvases of the size of a page, in the order in which painting began, and whether the one before was on the screen by then. */
  let painted: Map<HTMLCanvasElement, boolean>;
  // The second page is close to what is in sight.
  const high = Object.assign(document.createElement('style'), { textContent: 'sky-pages { height: 1000px !important }' });

  beforeEach(() => {
    painted = new Map();
    document.head.append(high);
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...rest: unknown[]) {
      if (this.width > 500 && !painted.has(this)) painted.set(this, [...painted.keys()].at(-1)?.isConnected ?? true);
      return Reflect.apply(native, this, rest) as null;
    } as typeof native;
  });
  afterEach(() => {
    HTMLCanvasElement.prototype.getContext = native;
    removePages();
    high.remove();
  });

  it('are painted once each, the one that is read first', async () => {
    const { length, read } = makeLargePdf({ pages: 3, bytesPerPage: 100_000 });
    const pages = await showPages(read(0, length));
    await until(() => (pages.shadowRoot?.querySelectorAll('sky-page')[1]?.shadowRoot?.querySelector('canvas') ?? undefined) && painted.size > 1, 'the second page');
    for (let frame = 0; frame < 10; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    expect([...painted.values()]).to.deep.equal([true, true]);
    expect([...painted.keys()].every(({ isConnected }) => isConnected), 'nothing was painted in vain').to.equal(true);
  });
});

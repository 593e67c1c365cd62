interface Point {
  readonly x: number;
  readonly y: number;
}

/** Holds a point of a page where it is in the window while the pages change their size. */
export interface ScrollAnchor {
  /** The pages change their size because of what is done here. */
  pointer: Point | undefined;
  /** Before they do: which point of which page is under the pointer, or in the middle. */
  keep(scroller: HTMLElement | null): void;
  /** Afterwards: scrolls so that the point is where it was. */
  restore(scroller: HTMLElement | null): void;
}

export function createScrollAnchor(): ScrollAnchor {
  let kept: (Point & { page: Element; across: number; down: number }) | undefined;
  return {
    pointer: undefined,
    keep(scroller) {
      if (!scroller) return;
      const around = scroller.getBoundingClientRect();
      const { x, y } = this.pointer ?? { x: around.left + around.width / 2, y: around.top + around.height / 2 };
      this.pointer = undefined;
      const pages = [...scroller.children];
      const page = pages.find((one) => one.getBoundingClientRect().bottom >= y) ?? pages.at(-1);
      if (!page) return;
      const box = page.getBoundingClientRect();
      kept = { page, across: (x - box.left) / box.width, down: (y - box.top) / box.height, x, y };
    },
    restore(scroller) {
      const was = kept;
      kept = undefined;
      if (!was || !scroller) return;
      const { page, across, down, x, y } = was;
      const box = page.getBoundingClientRect();
      scroller.scrollBy({ left: box.left + across * box.width - x, top: box.top + down * box.height - y, behavior: 'instant' });
    },
  };
}

/** Scrolls there, at once where it is far or where less motion is wanted. */
export function scrollSmoothly(scroller: HTMLElement | null, top: number, left?: number): void {
  const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches;
  const far = Math.abs((scroller?.scrollTop ?? 0) - top) > 4000;
  scroller?.scrollTo({ top, ...(left === undefined ? {} : { left }), behavior: still || far ? 'instant' : 'smooth' });
}

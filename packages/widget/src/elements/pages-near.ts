/** Pages that are painted at once. */
const mostPainted = 8;

/**
 * Which pages, counted from 1, are within `reach` heights of the window from its middle, the nearest first; and which one is
 * being read.
 */
export function pagesNear(scroller: HTMLElement, reach: number): { near: readonly number[]; current: number } {
  const { scrollTop, clientHeight, scrollHeight } = scroller;
  const middle = scrollTop + clientHeight / 2;
  const pages = ([...scroller.children] as HTMLElement[]).map(({ offsetTop, offsetHeight }, index) => ({
    number: index + 1,
    away: Math.max(0, offsetTop - middle, middle - (offsetTop + offsetHeight)),
  }));
  const near = pages
    .filter(({ away }) => away < clientHeight * reach)
    .sort((a, b) => a.away - b.away)
    .slice(0, mostPainted)
    .map(({ number }) => number);
  const atEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2;
  return { near, current: atEnd ? pages.length : (near[0] ?? 1) };
}

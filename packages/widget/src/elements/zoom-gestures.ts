/** Asks for another zoom: `factor` times the present one, around a point of the window in CSS pixels. */
export type ZoomBy = (factor: number, at: { readonly x: number; readonly y: number }) => void;

/** Safari's own event for two fingers on a trackpad. */
interface GestureEvent extends UIEvent {
  readonly scale: number;
  readonly clientX: number;
  readonly clientY: number;
}

const pixelsPerLine = 16;
/** Pixels of a wheel that make everything e times as large. */
const wheelPixels = 400;

/**
 * Ctrl (or ⌘) and the wheel, two fingers on a trackpad, and two fingers on the screen zoom what is in `target`, and not the page
 * around it. One finger scrolls as ever: that is left to the style `touch-action: pan-x pan-y`.
 */
export function listenForZoom(target: HTMLElement, zoomBy: ZoomBy): void {
  const active = { passive: false };

  target.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * pixelsPerLine;
      // One notch of a mouse is 100 pixels or more; a trackpad sends many small steps.
      zoomBy(Math.exp(-Math.max(-100, Math.min(100, pixels)) / wheelPixels), { x: event.clientX, y: event.clientY });
    },
    active,
  );

  let spread = 0;
  const spreadOf = ([one, two]: readonly Touch[]): number => (one && two ? Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) : 0);
  const begin = ({ touches }: TouchEvent): void => void (spread = touches.length === 2 ? spreadOf([...touches]) : 0);
  target.addEventListener('touchstart', begin, { passive: true });
  target.addEventListener('touchend', begin, { passive: true });
  target.addEventListener('touchcancel', begin, { passive: true });
  target.addEventListener(
    'touchmove',
    (event) => {
      const [one, two] = event.touches;
      if (spread === 0 || !one || !two) return;
      event.preventDefault();
      const now = spreadOf([one, two]);
      // Not at every pixel: each step lays the pages out anew.
      if (Math.abs(now / spread - 1) < 0.02) return;
      zoomBy(now / spread, { x: (one.clientX + two.clientX) / 2, y: (one.clientY + two.clientY) / 2 });
      spread = now;
    },
    active,
  );

  // A touch screen sends these, too; there the touches have already done it.
  let scale = 1;
  target.addEventListener('gesturestart', (event) => {
    event.preventDefault();
    scale = 1;
  });
  target.addEventListener('gesturechange', (event) => {
    event.preventDefault();
    const { scale: now, clientX: x, clientY: y } = event as GestureEvent;
    if (spread === 0) zoomBy(now / scale, { x, y });
    scale = now;
  });
}

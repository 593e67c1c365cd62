// For tests: writes on the pad as a pen, a finger or a mouse does, one point a frame.

export interface PenPoint {
  /** Within the canvas, in CSS pixels. */
  readonly x: number;
  readonly y: number;
  readonly pressure?: number;
}

function point(canvas: HTMLCanvasElement, kind: string, { x, y, pressure = 0.5 }: PenPoint, pointerType: string): void {
  const { left, top } = canvas.getBoundingClientRect();
  const up = kind === 'pointerup';
  const init = { bubbles: true, composed: true, cancelable: true, pointerId: 7, pointerType, clientX: left + x, clientY: top + y, buttons: up ? 0 : 1, pressure: up ? 0 : pressure };
  (kind === 'pointerdown' ? canvas : window).dispatchEvent(new PointerEvent(kind, init));
}

/** Longer than signature_pad waits between two points. */
const pace = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** Puts the pen down and moves it, without lifting it. */
export async function beginStroke(canvas: HTMLCanvasElement, points: readonly PenPoint[], pointerType = 'mouse'): Promise<void> {
  for (const [at, each] of points.entries()) {
    point(canvas, at === 0 ? 'pointerdown' : 'pointermove', each, pointerType);
    await pace();
  }
}

export async function writeStroke(canvas: HTMLCanvasElement, points: readonly PenPoint[], pointerType = 'mouse'): Promise<void> {
  await beginStroke(canvas, points, pointerType);
  const last = points.at(-1);
  if (last) point(canvas, 'pointerup', last, pointerType);
}

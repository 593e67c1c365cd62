import type SignaturePad from 'signature_pad';
import type { PointGroup, SignatureEvent } from 'signature_pad';

/** Thinnest and thickest radius of a line. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Lets the pressure of a pen make the thickness; signature_pad knows only speed. While the pen moves the stroke's limits are
 * what it presses. Afterwards the times between its points say the same as a speed, so that it stays when it is drawn again.
 */
export function followPressure(pad: SignaturePad): void {
  let range: Range | undefined;
  let pressure = 0.5;
  pad.addEventListener('beginStroke', (event) => {
    range = isPen((event as CustomEvent<SignatureEvent>).detail.event) ? { min: pad.minWidth, max: pad.maxWidth } : undefined;
  });
  pad.addEventListener('beforeUpdateStroke', (event) => {
    const stroke = pad.toData().at(-1);
    if (!range || !stroke) return;
    // A pen that has been lifted presses no more.
    pressure = (event as CustomEvent<SignatureEvent>).detail.pressure || pressure;
    stroke.minWidth = stroke.maxWidth = thickness(pressure, range);
  });
  pad.addEventListener('endStroke', () => {
    const strokes = pad.toData();
    const stroke = strokes.at(-1);
    if (!range || !stroke) return;
    pad.fromData([...strokes.slice(0, -1), pressureAsTime(stroke, range)]);
    range = undefined;
  });
}

function isPen(event: SignatureEvent['event']): boolean {
  if ('pointerType' in event) return event.pointerType === 'pen';
  // Safari, where signature_pad listens to touches, says so of a pencil.
  const [touch] = 'changedTouches' in event ? event.changedTouches : [];
  return touch !== undefined && 'touchType' in touch && touch.touchType === 'stylus';
}

function thickness(pressure: number, { min, max }: Range): number {
  return min + (max - min) * Math.min(1, pressure);
}

/** signature_pad makes a line `maxWidth / (speed + 1)` thick; a weight of 1 leaves earlier speeds out. */
function pressureAsTime(stroke: PointGroup, range: Range): PointGroup {
  let [time, pressure] = [stroke.points[0]?.time ?? 0, 0.5];
  const points = stroke.points.map((point, at) => {
    pressure = point.pressure || pressure;
    const before = stroke.points[at - 1] ?? point;
    const speed = range.max / thickness(pressure, range) - 1;
    time += speed > 0.001 ? Math.hypot(point.x - before.x, point.y - before.y) / speed : 0;
    return { ...point, time };
  });
  return { ...stroke, points, minWidth: range.min, maxWidth: range.max, velocityFilterWeight: 1 };
}

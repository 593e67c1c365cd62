import type { HandwritingSeal } from '@sky-sign/protocol';
import type { PointGroup } from 'signature_pad';
import { curvesOf } from './curves-of.js';

/** Strokes as they were written, and the size of the pad (CSS pixels) that they were written on. */
export interface Handwriting {
  readonly strokes: readonly PointGroup[];
  readonly room: Room;
}

export interface Room {
  readonly width: number;
  readonly height: number;
}

/** A signature of the pad's whole width would be this wide on paper. */
const padWidthMm = 90;

/** The same strokes on a pad of another size. */
export function scaleStrokes(strokes: readonly PointGroup[], scale: number): PointGroup[] {
  return strokes.map((stroke) => ({
    ...stroke,
    dotSize: stroke.dotSize * scale,
    minWidth: stroke.minWidth * scale,
    maxWidth: stroke.maxWidth * scale,
    // Time keeps its pace, so that the speed, which makes the thickness, scales as well.
    points: stroke.points.map((point) => ({ ...point, x: point.x * scale, y: point.y * scale, time: point.time * scale })),
  }));
}

/** By how much strokes are scaled so that all of them are seen in `room`. */
export function fitStrokes({ strokes, room: before }: Handwriting, room: Room): number {
  const points = strokes.flatMap((stroke) => stroke.points);
  const width = points.reduce((most, { x }) => Math.max(most, x), before.width);
  const height = points.reduce((most, { y }) => Math.max(most, y), before.height);
  return Math.min(room.width / width, room.height / height);
}

/** The strokes as they travel: curves with their thickness, trimmed, without the time that they took. */
export function toCurves({ strokes, room }: Handwriting): Omit<HandwritingSeal, 'fieldId'> | undefined {
  const ink = curvesOf(strokes, padWidthMm / room.width);
  return ink && { kind: 'handwriting', ...ink };
}

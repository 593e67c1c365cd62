import { curveMargin, mostCurves, type Curve } from '@sky-sign/protocol';
import SignaturePad, { type PointGroup } from 'signature_pad';

/** A line by hand before it is trimmed: curves in any unit. */
type Numbers = readonly [x0: number, y0: number, c1x: number, c1y: number, c2x: number, c2y: number, x1: number, y1: number];
interface Piece {
  readonly line: Numbers;
  /** Thickness at both ends. */
  readonly from: number;
  readonly to: number;
}

/** Millimetres by which the thickness of a line may jump: less than can be seen on paper. */
const step = 0.06;

/** Curves trimmed to their ink, in millimetres. */
export interface Ink {
  readonly curves: Curve[];
  readonly widthMm: number;
  readonly heightMm: number;
}

/**
 * What signature_pad draws for these strokes, as curves: its own SVG says which. A line there has one thickness from end to
 * end; the paper gets as many pieces of it as it takes to swell as smoothly as on the canvas. `undefined` where there is no ink.
 */
export function curvesOf(strokes: readonly PointGroup[], mmPerPixel: number): Ink | undefined {
  const pad = new SignaturePad(document.createElement('canvas'));
  pad.off();
  const pieces = strokes.flatMap((stroke) => piecesOf(pad, stroke)).map((piece) => scale(piece, mmPerPixel));
  const smooth = pieces.flatMap((piece) => split(piece));
  const all = smooth.length > mostCurves ? pieces : smooth;
  return all.length ? trim(all) : undefined;
}

/** What the pad multiplies a radius by to get the thickness of a path in its SVG. */
const svgThickness = 2.25;

function piecesOf(pad: SignaturePad, stroke: PointGroup): Piece[] {
  pad.fromData([stroke]);
  let from = stroke.minWidth + stroke.maxWidth;
  // No DOMParser: a page with Trusted Types would refuse it.
  return [...pad.toSVG().matchAll(/<(path|circle|line) ([^>]*)>/gu)].flatMap(([, shape, attributes = '']): Piece[] => {
    const text = (name: string): string => new RegExp(`(?:^| )${name}="([^"]*)"`, 'u').exec(attributes)?.[1] ?? '';
    const number = (name: string): number => Number(text(name));
    if (shape === 'circle') {
      const [x, y, width] = [number('cx'), number('cy'), 2 * number('r')];
      return [{ line: [x, y, x, y, x, y, x, y], from: width, to: width }];
    }
    const width = number('stroke-width');
    if (shape === 'line') {
      const [x0, y0, x1, y1] = [number('x1'), number('y1'), number('x2'), number('y2')];
      return [{ line: [x0, y0, x0, y0, x1, y1, x1, y1], from: width, to: width }];
    }
    const [x0 = 0, y0 = 0, c1x = 0, c1y = 0, c2x = 0, c2y = 0, x1 = 0, y1 = 0] = (text('d').match(/-?[\d.]+/gu) ?? []).map(Number);
    const to = Math.min((2 * width) / svgThickness, 2 * stroke.maxWidth);
    const piece: Piece = { line: [x0, y0, c1x, c1y, c2x, c2y, x1, y1], from, to };
    from = to;
    return [piece];
  });
}

function scale({ line: [x0, y0, c1x, c1y, c2x, c2y, x1, y1], from, to }: Piece, by: number): Piece {
  return { line: [x0 * by, y0 * by, c1x * by, c1y * by, c2x * by, c2y * by, x1 * by, y1 * by], from: from * by, to: to * by };
}

/** Thickness grows with the third power of the way along the curve, as the pad draws it. */
function split({ line, from, to }: Piece): Piece[] {
  const count = Math.min(12, Math.max(1, Math.ceil(Math.abs(to - from) / step)));
  const thickness = (t: number): number => from + t ** 3 * (to - from);
  // Ends where the thickness has grown by equal shares.
  const ends = Array.from({ length: count + 1 }, (_, i) => Math.cbrt(i / count));
  return ends.slice(1).map((end, i) => {
    const start = ends[i] ?? 0;
    const width = (thickness(start) + thickness(end)) / 2;
    return { line: between(line, start, end), from: width, to: width };
  });
}

/** The part of a cubic curve between two places on it, by its polar form. */
function between([x0, y0, c1x, c1y, c2x, c2y, x1, y1]: Numbers, s: number, t: number): Numbers {
  const polar = (p0: number, p1: number, p2: number, p3: number, a: number, b: number, c: number): number => {
    const mix = (from: number, to: number, by: number): number => from + (to - from) * by;
    const [q0, q1, q2] = [mix(p0, p1, a), mix(p1, p2, a), mix(p2, p3, a)];
    return mix(mix(q0, q1, b), mix(q1, q2, b), c);
  };
  const at = (a: number, b: number, c: number): [number, number] => [polar(x0, c1x, c2x, x1, a, b, c), polar(y0, c1y, c2y, y1, a, b, c)];
  return [...at(s, s, s), ...at(s, s, t), ...at(s, t, t), ...at(t, t, t)];
}

function trim(pieces: readonly Piece[]): Ink {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { line, from, to } of pieces) {
    const half = Math.max(from, to) / 2;
    for (let i = 0; i <= 8; i += 1) {
      const [, , , , , , x, y] = between(line, 0, i / 8);
      left = Math.min(left, x - half);
      right = Math.max(right, x + half);
      top = Math.min(top, y - half);
      bottom = Math.max(bottom, y + half);
    }
  }
  const [widthMm, heightMm] = [Math.max(1, hundredths(right - left)), Math.max(1, hundredths(bottom - top))];
  // A dot is smaller than what the box may be: it stands in the middle.
  const [offX, offY] = [(widthMm - (right - left)) / 2 - left, (heightMm - (bottom - top)) / 2 - top];
  const x = (value: number): number => hundredths(Math.min(widthMm + curveMargin, Math.max(-curveMargin, value + offX)));
  const y = (value: number): number => hundredths(Math.min(heightMm + curveMargin, Math.max(-curveMargin, value + offY)));
  const curves = pieces.map(({ line: [x0, y0, c1x, c1y, c2x, c2y, x1, y1], from, to }): Curve => [
    Math.max(0.01, hundredths((from + to) / 2)), x(x0), y(y0), x(c1x), y(c1y), x(c2x), y(c2y), x(x1), y(y1),
  ]);
  return { curves, widthMm, heightMm };
}

function hundredths(mm: number): number {
  return Math.round(mm * 100) / 100;
}

import type { Curve } from '@sky-sign/protocol';
import {
  appendBezierCurve,
  concatTransformationMatrix,
  lineTo,
  LineCapStyle,
  moveTo,
  popGraphicsState,
  pushGraphicsState,
  setLineCap,
  setLineWidth,
  setStrokingGrayscaleColor,
  stroke,
} from 'pdf-lib';
import type { PDFOperator } from 'pdf-lib';

/** #1a1a1a, the ink of the pad. */
const ink = 0.102;
/** Millimetres. A line of no length is a dot in some viewers and nothing in others; one as short as this is a dot in all. */
const dot = 0.001;

export interface CurvesAt {
  /** Points per millimetre. */
  readonly scale: number;
  /** Where the box's left and top sides are, in points. */
  readonly x: number;
  readonly top: number;
}

/** Handwriting as vector paths (ISO 32000-2, 8.5): each curve with its own width and round ends. */
export function curveOperators(curves: readonly Curve[], { scale, x, top }: CurvesAt): PDFOperator[] {
  const draw = ([width, x0, y0, c1x, c1y, c2x, c2y, x1, y1]: Curve): PDFOperator[] => {
    const isDot = [c1x, c2x, x1].every((each) => each === x0) && [c1y, c2y, y1].every((each) => each === y0);
    return [setLineWidth(width), moveTo(x0, y0), isDot ? lineTo(x0 + dot, y0) : appendBezierCurve(c1x, c1y, c2x, c2y, x1, y1), stroke()];
  };
  return [
    pushGraphicsState(),
    // From the box to the page: y turns over.
    concatTransformationMatrix(scale, 0, 0, -scale, x, top),
    setStrokingGrayscaleColor(ink),
    setLineCap(LineCapStyle.Round),
    ...curves.flatMap(draw),
    popGraphicsState(),
  ];
}

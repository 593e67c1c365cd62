import type { Advance, SealGlyph } from './seal-glyphs.js';
import type { SealLayout } from './seal-layout.js';
import type { SealPicture } from './seal-picture.js';

/** 600 dpi: characters of a seal stay sharp in print. */
export const dotsPerMm = 600 / 25.4;

/** How wide a text of a seal is drawn in this font. */
export function advanceIn(font: string): Advance {
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) throw new Error('This browser gives no canvas to draw on.');
  pen.font = fontOf(font);
  return (text) => pen.measureText(text).width;
}

function fontOf(family: string): string {
  return `700 100px ${family}`;
}

/** Draws a laid-out seal on a transparent canvas. No wear, blot or tilt: it must not pass for a scan of ink. */
export function drawTextSeal(layout: SealLayout, { font, colour }: { font: string; colour: string }): SealPicture {
  const [widthMm, heightMm] = [layout.width / 100, layout.height / 100];
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(widthMm * dotsPerMm);
  canvas.height = Math.ceil(heightMm * dotsPerMm);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser gives no canvas to draw on.');
  pen.scale(dotsPerMm / 100, dotsPerMm / 100);
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  drawFrames(pen, layout);
  pen.font = fontOf(font);
  pen.textAlign = 'center';
  pen.textBaseline = 'alphabetic';
  pen.lineWidth = 1.6;
  pen.lineJoin = 'round';
  for (const one of layout.glyphs) drawGlyph(pen, one, layout);
  return { canvas, widthMm, heightMm };
}

function drawFrames(pen: CanvasRenderingContext2D, { width, height, frames }: SealLayout): void {
  for (const frame of frames) {
    pen.beginPath();
    if (frame.kind === 'square') {
      pen.lineWidth = frame.width;
      pen.roundRect(frame.inset, frame.inset, width - 2 * frame.inset, height - 2 * frame.inset, frame.corner);
      pen.stroke();
    } else if (frame.kind === 'ring') {
      pen.lineWidth = frame.width;
      pen.arc(width / 2, height / 2, frame.radius, 0, 2 * Math.PI);
      pen.stroke();
    } else {
      pen.arc(frame.x, frame.y, frame.radius, 0, 2 * Math.PI);
      pen.fill();
    }
  }
}

/** The baseline that puts a kanji's em box of 100 in the middle. */
const baseline = 37.8;

function drawGlyph(pen: CanvasRenderingContext2D, glyph: SealGlyph, { width, height }: SealLayout): void {
  pen.save();
  if (glyph.turn) {
    pen.translate(width / 2, height / 2);
    pen.rotate((glyph.turn * Math.PI) / 180);
    pen.translate(-width / 2, -height / 2);
  }
  pen.translate(glyph.x, glyph.y);
  pen.scale(glyph.scaleX, glyph.scaleY);
  if (glyph.upright !== 'as-is') pen.rotate(Math.PI / 2);
  if (glyph.upright === 'mirrored') pen.scale(1, -1);
  pen.fillText(glyph.text, 0, baseline);
  pen.strokeText(glyph.text, 0, baseline);
  pen.restore();
}

import { readFileSync } from 'node:fs';
import { create } from 'fontkit';
import { PDFDocument, rgb } from 'pdf-lib';
import { fontFile } from './japanese-drawing.js';

interface Font {
  readonly unitsPerEm: number;
  layout(text: string): { glyphs: readonly { readonly path: { toSVG(): string } }[]; positions: readonly { readonly xAdvance: number }[] };
}

/** The same line as `japaneseDrawing`, drawn as filled outlines: no font in the file that could be subset wrongly. */
export async function outlinedLine(text: string, { width, height, size }: { width: number; height: number; size: number }): Promise<Uint8Array> {
  const font = create(readFileSync(fontFile())) as unknown as Font;
  const document = await PDFDocument.create();
  const page = document.addPage([width, height]);
  const scale = size / font.unitsPerEm;
  const { glyphs, positions } = font.layout(text);
  let x = 2;
  glyphs.forEach(({ path }, i) => {
    // drawSvgPath turns y over, as SVG has it; a font's y points up already.
    page.drawSvgPath(mirrored(path.toSVG()), { x, y: (height - size) / 2 + size * 0.15, scale, color: rgb(0, 0, 0) });
    x += (positions[i]?.xAdvance ?? 0) * scale;
  });
  return document.save();
}

function mirrored(svg: string): string {
  return svg.replace(/[A-Za-z][^A-Za-z]*/g, (command) => {
    let index = 0;
    return command.replace(/-?\d+(?:\.\d+)?/g, (number) => (index++ % 2 === 1 ? String(-Number(number)) : number));
  });
}

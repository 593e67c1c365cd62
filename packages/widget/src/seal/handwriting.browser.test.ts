import { curveMargin, mostCurves, seal as sealShape, type HandwritingSeal } from '@sky-sign/protocol';
import { expect } from 'chai';
import SignaturePad, { type PointGroup } from 'signature_pad';
import * as v from 'valibot';
import { fitStrokes, scaleStrokes, toCurves, type Handwriting } from './handwriting.js';
import { sealUrl } from './seal-url.js';

const room = { width: 830, height: 256 };
const look = { penColor: '#1a1a1a', dotSize: 3.7, minWidth: 1.8, maxWidth: 4.6, velocityFilterWeight: 0.7, compositeOperation: 'source-over' as const };
/** Slow where it bends, fast where it is straight: the line swells and thins. */
const wave: PointGroup = {
  ...look,
  points: Array.from({ length: 40 }, (_, i) => ({ x: 100 + i * 9 + Math.sin(i) * 4, y: 120 + Math.sin(i / 4) * 60, pressure: 0.5, time: 1000 + i * 16 + Math.sin(i / 3) * 5 })),
};
const dot: PointGroup = { ...look, points: [{ x: 520, y: 60, pressure: 0.5, time: 2000 }] };
const dash: PointGroup = { ...look, points: [{ x: 500, y: 180, pressure: 0.5, time: 3000 }, { x: 540, y: 186, pressure: 0.5, time: 3040 }] };
const writing: Handwriting = { strokes: [wave, dot, dash], room };

function curves(of: Handwriting = writing): HandwritingSeal {
  const drawing = toCurves(of);
  if (!drawing) throw new Error('There is no ink.');
  return { fieldId: 'f', ...drawing };
}

/** Alpha of the strokes as the pad draws them, with `dots` pixels for each millimetre, from the corner of their ink. */
function asPad({ widthMm, heightMm }: HandwritingSeal, dots: number): Uint8ClampedArray {
  const canvas = document.createElement('canvas');
  canvas.width = 90 * dots;
  canvas.height = 30 * dots;
  const pad = new SignaturePad(canvas);
  pad.off();
  pad.fromData(scaleStrokes(writing.strokes, (90 * dots) / room.width));
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  let [left, top] = [canvas.width, canvas.height];
  for (let at = 0; at < data.length / 4; at += 1) {
    if ((data[at * 4 + 3] ?? 0) < 128) continue;
    left = Math.min(left, at % canvas.width);
    top = Math.min(top, Math.floor(at / canvas.width));
  }
  return pen.getImageData(left, top, Math.round(widthMm * dots), Math.round(heightMm * dots)).data;
}

async function asImage(seal: HandwritingSeal, dots: number): Promise<Uint8ClampedArray> {
  // WebKit makes pixels of an SVG at its own size before it draws it on a canvas, so it is told a larger one.
  const svg = (await (await fetch(sealUrl(seal))).text()).replace(/ width="[\d.]+mm" height="[\d.]+mm"/u, ` width="${String(seal.widthMm * dots)}" height="${String(seal.heightMm * dots)}"`);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(seal.widthMm * dots);
  canvas.height = Math.round(seal.heightMm * dots);
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height).data;
}

describe('a signature by hand, as it travels', () => {
  it('is lines in millimetres, trimmed to their ink, that the protocol takes', () => {
    const seal = curves();
    expect(v.is(sealShape, seal)).to.equal(true);
    expect(seal.kind).to.equal('handwriting');
    // From x 100 − half a line to 540 + half a line, of 830 pixels on 90 mm.
    expect(seal.widthMm).to.be.within(47.5, 49.5);
    expect(seal.curves.length).to.be.within(40, 400);
  });

  it('tells nothing of when or how fast it was written', () => {
    const later = { ...writing, strokes: writing.strokes.map((stroke) => ({ ...stroke, points: stroke.points.map((point) => ({ ...point, time: point.time + 86_400_000 })) })) };
    expect(curves(later)).to.deep.equal(curves());
    const keys = JSON.stringify(curves()).match(/"\w+":/gu);
    expect(new Set(keys)).to.deep.equal(new Set(['"fieldId":', '"kind":', '"curves":', '"widthMm":', '"heightMm":']));
  });

  it('keeps where the line swells and thins', () => {
    const widths = curves().curves.map(([width]) => width);
    const mmPerPixel = 90 / room.width;
    expect(Math.max(...widths)).to.be.within(0.6, 2 * look.maxWidth * mmPerPixel + 0.01);
    expect(Math.max(...widths) - Math.min(...widths)).to.be.greaterThan(0.1);
    const jumps = widths.slice(1, 40).map((width, i) => Math.abs(width - (widths[i] ?? 0)));
    expect(Math.max(...jumps), 'steps that could be seen').to.be.lessThan(0.15);
  });

  it('looks on the screen as it did on the pad', async () => {
    const seal = curves();
    const [pad, image] = [asPad(seal, 25), await asImage(seal, 25)];
    expect(image.length).to.equal(pad.length);
    let [different, ink] = [0, 0];
    for (let at = 3; at < pad.length; at += 4) {
      different += Math.abs((pad[at] ?? 0) - (image[at] ?? 0)) / 255;
      ink += (pad[at] ?? 0) / 255;
    }
    expect(ink).to.be.greaterThan(18_000);
    expect(different / ink).to.be.lessThan(0.12);
  });

  it('shows dots and short lines', async () => {
    const seal = curves({ strokes: [dot], room });
    expect(seal.curves).to.have.length(1);
    const image = await asImage(seal, 20);
    const side = Math.round(seal.widthMm * 20);
    const middle = (Math.floor(side / 2) * side + Math.floor(side / 2)) * 4;
    expect(image[middle + 3]).to.be.greaterThan(200);
  });

  it('is nothing without strokes', () => {
    expect(toCurves({ strokes: [], room })).to.equal(undefined);
  });

  it('stays within what the protocol takes, however wild it was', () => {
    const wild: PointGroup = { ...look, points: Array.from({ length: 9000 }, (_, i) => ({ x: (i * 7919) % 830, y: (i * 104729) % 256, pressure: 0.5, time: 1000 + i * 16 + (i % 9) })) };
    const seal = curves({ strokes: [wild, { ...wild, points: [...wild.points].slice(0, 2000) }], room });
    expect(seal.curves.length).to.be.at.most(mostCurves);
    expect(v.is(sealShape, seal)).to.equal(true);
    const leap: PointGroup = { ...look, points: [[0, 0], [830, 256], [0, 255], [829, 0], [0, 1]].map(([x = 0, y = 0], i) => ({ x, y, pressure: 0.5, time: 1000 + i * 16 })) };
    const leaping = curves({ strokes: [leap], room });
    expect(v.is(sealShape, leaping)).to.equal(true);
    expect(Math.min(...leaping.curves.flat())).to.be.at.least(-curveMargin);
  });

  it('has the same shape after the pad has become narrower', () => {
    const narrow = curves({ strokes: scaleStrokes(writing.strokes, 0.4), room: { width: 332, height: 102.4 } });
    expect(narrow.widthMm).to.be.closeTo(curves().widthMm, 0.3);
    expect(narrow.heightMm).to.be.closeTo(curves().heightMm, 0.3);
  });

  it('fits into a lower and into a narrower pad', () => {
    expect(fitStrokes(writing, room)).to.equal(1);
    expect(fitStrokes(writing, { width: 415, height: 256 })).to.equal(0.5);
    expect(fitStrokes(writing, { width: 830, height: 64 })).to.equal(0.25);
    // What was added on a wider pad is seen on the narrow one, too.
    expect(fitStrokes({ ...writing, room: { width: 270, height: 256 } }, { width: 270, height: 256 })).to.equal(0.5);
  });
});

import type { Stage } from './stage.js';
import { every, inside, until } from './steps.js';

/** Writes two strokes on the pad, as a pen does. */
export async function write({ element }: Stage): Promise<void> {
  const canvas = await until(() => inside<HTMLCanvasElement>(element, '.pad canvas') ?? every<HTMLCanvasElement>(element, 'canvas').find((one) => one.closest('.pad')), 'the pad');
  await new Promise((resolve) => setTimeout(resolve, 250));
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const at = (x: number, y: number): PointerEventInit => ({ clientX: left + x * width, clientY: top + y * height, pointerId: 7, pointerType: 'pen', isPrimary: true, pressure: 0.5, button: 0, bubbles: true, composed: true, cancelable: true });
  for (const [from, sway] of [[0.18, 0.3], [0.5, -0.28]] as const) {
    canvas.dispatchEvent(new PointerEvent('pointerdown', { ...at(from, 0.5), buttons: 1 }));
    for (let step = 1; step <= 24; step += 1) {
      canvas.dispatchEvent(new PointerEvent('pointermove', { ...at(from + step * 0.013, 0.5 + sway * Math.sin(step / 3.2)), buttons: 1 }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    canvas.dispatchEvent(new PointerEvent('pointerup', { ...at(from + 0.312, 0.5), buttons: 0 }));
  }
}

/** Hands a file to the file input of the panel. */
export function chooseFile({ element }: Stage, file: File): void {
  const input = inside<HTMLInputElement>(element, 'input[type=file]');
  if (!input) throw new Error('There is no place for a file.');
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** A seal on white paper, as a telephone's camera would give it. */
export function drawnSeal(): Promise<File> {
  return onPaper((context) => {
    context.strokeStyle = context.fillStyle = '#c8321f';
    context.lineWidth = 16;
    context.strokeRect(70, 70, 340, 340);
    context.font = "700 140px 'Noto Serif CJK JP', serif";
    context.textAlign = 'center';
    context.fillText('山田', 240, 225);
    context.fillText('建設', 240, 375);
  });
}

export function blankPaper(): Promise<File> {
  return onPaper(() => undefined);
}

/** The beginning of a PNG of that size (PNG, 11.2.2), and no more. */
export function pngHeader(width: number, height: number): File {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return new File([bytes], '角印.png', { type: 'image/png' });
}

async function onPaper(draw: (context: CanvasRenderingContext2D) => void): Promise<File> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 480 });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws nothing.');
  context.fillStyle = '#fdfcf8';
  context.fillRect(0, 0, 480, 480);
  draw(context);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The picture could not be made.');
  return new File([blob], '角印.png', { type: 'image/png' });
}

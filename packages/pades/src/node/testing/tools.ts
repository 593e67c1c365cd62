import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fromLatin1 } from '../../pdf/characters.js';

/** Runs a program that judges us from outside; one that is not installed fails the test, it does not skip it. */
export function run(program: string, args: readonly string[]): { status: number; output: string } {
  try {
    return { status: 0, output: execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString() };
  } catch (error) {
    const { code, status, stdout, stderr } = error as { code?: string; status?: number; stdout?: Buffer; stderr?: Buffer };
    if (code === 'ENOENT') throw new Error(`this test needs ${program} (Debian: poppler-utils, qpdf, openssl)`);
    return { status: status ?? -1, output: `${stdout?.toString() ?? ''}${stderr?.toString() ?? ''}` };
  }
}

/** A folder for the time of one call. */
export async function inFolder<T>(use: (file: (name: string, bytes?: Uint8Array | string) => string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sky-pades-'));
  try {
    return await use((name, bytes) => {
      const file = path.join(folder, name);
      if (bytes !== undefined) writeFileSync(file, bytes);
      return file;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Image {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, 255 is white. */
  readonly pixels: Uint8Array;
}

/** Left, top, width and height in pixels. */
export type Region = readonly [number, number, number, number];

/** A page, or a region of it, as poppler shows it, in grey. */
export function render(file: string, { page = 1, dpi = 72, region }: { page?: number; dpi?: number; region?: Region } = {}): Image {
  const [x, y, width, height] = region ?? [];
  const cut = region ? ['-x', x, '-y', y, '-W', width, '-H', height].map(String) : [];
  const { status, output } = run('pdftoppm', ['-gray', '-r', String(dpi), '-f', String(page), '-l', String(page), ...cut, '-singlefile', file, file]);
  if (status !== 0) throw new Error(`pdftoppm: ${output}`);
  return readPgm(readFileSync(`${file}.pgm`));
}

function readPgm(bytes: Uint8Array): Image {
  const [head = '', width = '0', height = '0'] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(fromLatin1(bytes.subarray(0, 64))) ?? [];
  return { width: Number(width), height: Number(height), pixels: bytes.subarray(head.length) };
}

/** How much darkness two images do not share, as a part of the darkness of the first: 0 is the same picture. */
export function inkDifference(a: Image, b: Image): number {
  if (a.width !== b.width || a.height !== b.height) throw new RangeError(`images of ${a.width}×${a.height} and ${b.width}×${b.height}`);
  let [ink, difference] = [0, 0];
  a.pixels.forEach((value, i) => {
    ink += 255 - value;
    difference += Math.abs(value - (b.pixels[i] ?? 0));
  });
  return ink === 0 ? Number.POSITIVE_INFINITY : difference / ink;
}

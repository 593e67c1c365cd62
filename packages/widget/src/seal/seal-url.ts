import type { HandwritingSeal, Seal } from '@sky-sign/protocol';

const urls = new WeakMap<Seal, string>();

/** An address for `<img>`: a strict CSP allows `blob:` pictures, not `data:`. Lives as long as the page. */
export function sealUrl(seal: Seal): string {
  const known = urls.get(seal);
  if (known) return known;
  const blob =
    seal.kind === 'handwriting'
      ? new Blob([toSvg(seal)], { type: 'image/svg+xml' })
      : new Blob([Uint8Array.from(atob(seal.png), (character) => character.charCodeAt(0))], { type: 'image/png' });
  const url = URL.createObjectURL(blob);
  urls.set(seal, url);
  return url;
}

/** Numbers and nothing else come from the seal. A line of no length is nothing in some engines: a dot gets a little of it. */
function toSvg({ curves, widthMm, heightMm }: HandwritingSeal): string {
  const [width, height] = [widthMm, heightMm].map(Number);
  const lines = curves.map((curve) => {
    const [stroke, x0, y0, c1x, c1y, c2x, c2y, x1, y1] = curve.map(Number);
    return `<path stroke-width="${stroke}" d="M${x0} ${y0}C${c1x} ${c1y} ${c2x} ${c2y} ${(x1 ?? 0) + 0.001} ${y1}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" fill="none" stroke="#1a1a1a" stroke-linecap="round">${lines.join('')}</svg>`;
}

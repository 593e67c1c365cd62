import type { Seal } from '@sky-sign/protocol';

const urls = new WeakMap<Seal, string>();

/** An address for `<img>`: a strict CSP allows `blob:` pictures, not `data:`. Lives as long as the page. */
export function sealUrl(seal: Seal): string {
  const known = urls.get(seal);
  if (known) return known;
  const bytes = Uint8Array.from(atob(seal.png), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
  urls.set(seal, url);
  return url;
}

/** What an XMP packet is read as; longer ones are not believed. */
const LONGEST = 4 << 20;
const NAME = '[A-Za-z_:][\\w:.\\-\\u00b7-\\uffff]*';
const TOKEN = new RegExp(
  `<\\?[\\s\\S]*?\\?>|<!--[\\s\\S]*?-->|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|<(/?)(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^<"]*"|'[^<']*'))*)\\s*(/?)>|([^<]+)`,
  'uy',
);
const REFERENCE = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\dA-Fa-f]+);)/u;

/**
 * Whether bytes are XML whose elements are closed as they were opened, with an `xmpmeta` at the root (ISO 16684-1, 7.3),
 * without a document type and without entities of its own.
 */
export function isWellFormedXmp(bytes: Uint8Array): boolean {
  const known = judged.get(bytes);
  if (known !== undefined) return known;
  const good = isWellFormed(bytes);
  judged.set(bytes, good);
  return good;
}

/** Every signature asks about the same packets after every revision. */
const judged = new WeakMap<Uint8Array, boolean>();

function isWellFormed(bytes: Uint8Array): boolean {
  const text = decode(bytes);
  if (text === undefined) return false;
  const open: string[] = [];
  let root: string | undefined;
  let rootAttributes = '';
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const token = TOKEN.exec(text);
    if (!token) return false;
    const [, closing, name, attributes = '', empty, words] = token;
    if (words !== undefined && (REFERENCE.test(words) || (open.length === 0 && words.trim() !== ''))) return false;
    if (name === undefined) continue;
    if (closing) {
      if (open.pop() !== name || attributes !== '' || empty) return false;
      continue;
    }
    if (REFERENCE.test(attributes) || (open.length === 0 && root !== undefined)) return false;
    if (root === undefined) [root, rootAttributes] = [name, attributes];
    if (!empty) open.push(name);
  }
  return open.length === 0 && root !== undefined && isXmpmeta(root, rootAttributes);
}

function isXmpmeta(root: string, attributes: string): boolean {
  const [prefix, local] = root.includes(':') ? root.split(':') : ['', root];
  const namespace = new RegExp(`\\sxmlns${prefix === '' ? '' : `:${prefix ?? ''}`}\\s*=\\s*["']adobe:ns:meta/["']`, 'u');
  return local === 'xmpmeta' && namespace.test(attributes);
}

function decode(bytes: Uint8Array): string | undefined {
  if (bytes.length > LONGEST) return undefined;
  const encoding = bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

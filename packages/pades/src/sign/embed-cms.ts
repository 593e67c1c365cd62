import { PadesError } from '../errors.js';
import { toLatin1 } from '../pdf/characters.js';
import { hexString } from '../pdf/serialize.js';
import type { PreparedSignature } from './place-byte-range.js';

/** The delta with the CMS in its placeholder; throws `placeholder_too_small`, never cuts. */
export function embedCms({ delta, byteRange, baseLength }: PreparedSignature, cms: Uint8Array): Uint8Array {
  const start = byteRange[1] - baseLength;
  const room = (byteRange[2] - byteRange[1] - 2) / 2;
  if (cms.length > room) throw new PadesError('placeholder_too_small', `the CMS has ${cms.length} bytes, /Contents has room for ${room}`);
  const signed = delta.slice();
  // The zeros that follow stay as padding, inside the brackets.
  signed.set(toLatin1(hexString(cms).slice(0, -1)), start);
  return signed;
}

import type { ByteSource } from '../byte-source.js';
import type { FormField } from '../form/fields.js';
import { resolveArray, resolveDict, resolveName, type PdfFile } from '../pdf/file.js';
import { PdfString, isInteger, type PdfObject } from '../pdf/objects.js';
import { readTextString } from '../pdf/text-string.js';
import type { ByteRange } from '../sign/place-byte-range.js';

/** A signature dictionary as it stands in the file. */
export interface SignatureInFile {
  readonly field: string;
  readonly kind: 'signature' | 'timestamp';
  readonly subFilter: string | undefined;
  readonly byteRange: ByteRange;
  /** [start, length] of everything that the byte range names, as long as it lies in the file. */
  readonly ranges: readonly (readonly [number, number])[];
  /** /Contents with its padding. */
  readonly contents: Uint8Array;
  readonly signingTime: string | null;
  readonly reason: string | null;
  readonly location: string | null;
  /** /Name. */
  readonly name: string | null;
  /** Stable codes; any of them means that the covered bytes are not what they seem. */
  readonly problems: readonly string[];
}

const MOST_RANGES = 8;

export async function readSignature(file: PdfFile, source: ByteSource, field: FormField): Promise<SignatureInFile> {
  const problems: string[] = [];
  const dict = await resolveDict(file, field.value);
  const get = async (key: string) => file.resolve(dict?.get(key) ?? null);
  if (dict?.ambiguous) problems.push('signature_dictionary_ambiguous');
  const subFilter = await resolveName(file, dict?.get('SubFilter') ?? null);
  const numbers = await Promise.all(((await resolveArray(file, dict?.get('ByteRange') ?? null)) ?? []).map((item) => file.resolve(item)));
  const [start = 0, firstLength = 0, second = 0, secondLength = 0] = numbers.map((value) => (isInteger(value) && value >= 0 ? value : -1));
  const byteRange: ByteRange = [start, firstLength, second, secondLength];
  if (numbers.length !== 4 || start !== 0 || byteRange.includes(-1) || second + secondLength > source.length) problems.push('byte_range');

  const ranges = pairs(numbers, source.length);

  // The gap must be this very /Contents, brackets included, nothing more and nothing less.
  const contents = dict?.get('Contents');
  const hex = contents instanceof PdfString && contents.hex ? contents : undefined;
  if (!hex?.span || hex.span[0] !== firstLength || hex.span[1] !== second) problems.push('byte_range_gap');

  const text = async (key: string): Promise<string | null> => {
    const value = await get(key);
    return value instanceof PdfString ? readTextString(value) : null;
  };
  const time = await text('M');
  return {
    field: field.name,
    kind: subFilter === 'ETSI.RFC3161' ? 'timestamp' : 'signature',
    subFilter,
    byteRange,
    ranges,
    contents: hex?.bytes ?? new Uint8Array(),
    signingTime: time === null ? null : isoTime(time),
    reason: await text('Reason'),
    location: await text('Location'),
    name: await text('Name'),
    problems,
  };
}

/** None where any of them is malformed or leads out of the file, or where there are more than anybody signs. */
function pairs(numbers: readonly PdfObject[], length: number): [number, number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    const [start = -1, count = -1] = [numbers[i], numbers[i + 1]].map((value) => (isInteger(value ?? null) ? (value as number) : -1));
    if (start < 0 || count < 0 || start + count > length || found.length >= MOST_RANGES) return [];
    found.push([start, count]);
  }
  return found;
}

/** A PDF date (ISO 32000-2, 7.9.4) as ISO 8601; null where it is none. */
export function isoTime(text: string): string | null {
  const match = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?'?)?/.exec(text);
  if (!match) return null;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', sign, zoneHour = '00', zoneMinute = '00'] = match;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${sign ? `${sign}${zoneHour}:${zoneMinute}` : 'Z'}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

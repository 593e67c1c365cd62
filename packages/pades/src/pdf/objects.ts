/** The object types of ISO 32000-2, 7.3. Arrays are plain arrays, numbers and booleans plain values. */
export type PdfObject = null | boolean | number | PdfName | PdfString | PdfRef | PdfDict | PdfStream | PdfArray;
export type PdfArray = readonly PdfObject[];

export class PdfName {
  /** One character per byte, `#xx` decoded, without the slash. */
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

export class PdfString {
  readonly bytes: Uint8Array;
  /** Written as `<…>`. */
  readonly hex: boolean;
  /** Where it stands in the file, delimiters included; only for objects outside object streams. */
  readonly span: readonly [number, number] | undefined;

  constructor(bytes: Uint8Array, hex = false, span?: readonly [number, number]) {
    this.bytes = bytes;
    this.hex = hex;
    this.span = span;
  }
}

export class PdfRef {
  readonly number: number;
  readonly generation: number;

  constructor(number: number, generation = 0) {
    this.number = number;
    this.generation = generation;
  }
}

const NO_KEYS: ReadonlySet<string> = new Set();

export class PdfDict {
  readonly entries: ReadonlyMap<string, PdfObject>;
  /** A key stood there twice: readers may disagree on its value. */
  readonly ambiguous: boolean;
  /** Keys that stand there with null, which is the same as no entry (7.3.7). */
  readonly nulls: ReadonlySet<string>;

  constructor(entries: ReadonlyMap<string, PdfObject> | Readonly<Record<string, PdfObject | undefined>>, { ambiguous = false, nulls = NO_KEYS }: { readonly ambiguous?: boolean; readonly nulls?: ReadonlySet<string> } = {}) {
    this.entries = entries instanceof Map ? entries : new Map(definedEntries(entries as Readonly<Record<string, PdfObject | undefined>>));
    this.ambiguous = ambiguous;
    this.nulls = nulls;
  }

  get(key: string): PdfObject {
    return this.entries.get(key) ?? null;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** A copy with other values; `undefined` removes a key. */
  with(changes: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
    const entries = new Map(this.entries);
    for (const [key, value] of Object.entries(changes)) {
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
    }
    return new PdfDict(entries);
  }
}

export class PdfStream {
  readonly dict: PdfDict;
  /** The encoded bytes, or where in the file they begin. */
  readonly data: Uint8Array | number;
  /** The object that it is in its file, where one has to know to decrypt it. */
  readonly owner: PdfRef | undefined;

  constructor(dict: PdfDict, data: Uint8Array | number, owner?: PdfRef) {
    this.dict = dict;
    this.data = data;
    this.owner = owner;
  }
}

export const name = (value: string): PdfName => new PdfName(value);
export const dict = (entries: Readonly<Record<string, PdfObject | undefined>>): PdfDict => new PdfDict(entries);

export const isName = (object: PdfObject, value?: string): object is PdfName =>
  object instanceof PdfName && (value === undefined || object.value === value);
export const isArray = (object: PdfObject): object is PdfArray => Array.isArray(object);
export const isInteger = (object: PdfObject): object is number => typeof object === 'number' && Number.isSafeInteger(object);

/** The dictionary of a dictionary or stream. */
export const dictOf = (object: PdfObject): PdfDict | undefined =>
  object instanceof PdfDict ? object : object instanceof PdfStream ? object.dict : undefined;

function* definedEntries(record: Readonly<Record<string, PdfObject | undefined>>): Generator<[string, PdfObject]> {
  for (const [key, value] of Object.entries(record)) if (value !== undefined) yield [key, value];
}

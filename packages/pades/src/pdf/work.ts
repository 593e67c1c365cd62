import { PadesError } from '../errors.js';

/** How much a file may make its reader do, however small it is: objects that stand in each other, streams that inflate without end. */
export interface Work {
  /** Counts bytes of syntax; throws `limit_exceeded`. */
  parsed(bytes: number): void;
  /** Counts bytes that a stream inflated to; throws `limit_exceeded`. */
  inflated(bytes: number): void;
}

/** Each object is read once or twice, those in object streams too. */
const PARSED_FOR_EACH_BYTE = 8;
const LEAST_PARSED = 32 << 20;
const MOST_INFLATED = 256 << 20;

/** For a file of this many bytes. */
export function createWork(length: number): Work {
  const most = LEAST_PARSED + length * PARSED_FOR_EACH_BYTE;
  let [parsed, inflated] = [0, 0];
  return {
    parsed(bytes) {
      parsed += bytes;
      if (parsed > most) throw new PadesError('limit_exceeded', `objects of more than ${most} bytes in a file of ${length}`);
    },
    inflated(bytes) {
      inflated += bytes;
      if (inflated > MOST_INFLATED) throw new PadesError('limit_exceeded', `streams that inflate to more than ${MOST_INFLATED} bytes`);
    },
  };
}

/** A seeded generator (mulberry32): the same seed, the same requests. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const strings = ['', ' ', 'x'.repeat(5000), '\u0000', 'a\r\nSet-Cookie: x=1', '../../etc/passwd', "'; drop table envelopes; --", '<script>alert(1)</script>', '髙﨑 𠮷田', '\ud800', '%00', 'null', '__proto__', '2026-13-45', 'https://', '１２３', '\u202e', '{"$ne":null}'];
const numbers = [0, -1, 1e308, -1e308, 0.1, 2 ** 53, 2 ** 31, Number.MAX_SAFE_INTEGER];
const others = [null, true, false, [], {}, [[]], { a: { b: {} } }];

const anything = (random: Random): unknown => pick<unknown>(random, [...strings, ...numbers, ...others]);

/** The value with one thing in it that is not as it should be. */
export function mutate(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0 || random() < 0.25) return pick<unknown>(random, [anything(random), [...value, anything(random)], Array.from({ length: 300 }, () => value[0] as unknown), []]);
    const at = Math.floor(random() * value.length);
    return value.map((each: unknown, i) => (i === at ? mutate(each, random) : each));
  }
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    const key = pick(random, keys);
    if (keys.length === 0 || random() < 0.1) return { ...value, [pick(random, ['extra', 'tenant', 'id', 'constructor'])]: anything(random) };
    const { [key]: held, ...rest } = value as Record<string, unknown>;
    return random() < 0.2 ? rest : { ...rest, [key]: mutate(held, random) };
  }
  return anything(random);
}

import { PadesError } from '../../errors.js';

/** RFC 2268, 2: digits of pi. */
const PI = Buffer.from(
  [
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82',
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7',
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731',
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  ].join(''),
  'hex',
);

const word = (values: ArrayLike<number>, index: number) => values[index] ?? 0;
const SHIFTS = [1, 2, 3, 5] as const;

/** RC2 in CBC mode with PKCS#7 padding, the effective key as long as the key (RFC 2268). OpenSSL 3 has it no more, old PKCS#12 files have. */
export function decryptRc2(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  const schedule = expandKey(key);
  const plain = new Uint8Array(data.length);
  let previous = iv;
  for (let at = 0; at + 8 <= data.length; at += 8) {
    const block = data.subarray(at, at + 8);
    decryptBlock(block, schedule).forEach((byte, i) => void (plain[at + i] = byte ^ word(previous, i)));
    previous = block;
  }
  const padding = plain.at(-1) ?? 0;
  const valid = data.length > 0 && data.length % 8 === 0 && padding >= 1 && padding <= 8 && plain.subarray(-padding).every((byte) => byte === padding);
  if (!valid) throw new PadesError('key_unreadable', 'the key file does not decrypt: the password is wrong, or it was changed');
  return plain.subarray(0, plain.length - padding);
}

function expandKey(key: Uint8Array): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key);
  const { length } = key;
  for (let i = length; i < 128; i++) bytes[i] = word(PI, (word(bytes, i - 1) + word(bytes, i - length)) & 255);
  bytes[128 - length] = word(PI, word(bytes, 128 - length));
  for (let i = 127 - length; i >= 0; i--) bytes[i] = word(PI, word(bytes, i + 1) ^ word(bytes, i + length));
  return Uint16Array.from({ length: 64 }, (_, i) => word(bytes, 2 * i) | (word(bytes, 2 * i + 1) << 8));
}

function decryptBlock(block: Uint8Array, schedule: Uint16Array): Uint8Array {
  const r = Uint16Array.from({ length: 4 }, (_, i) => word(block, 2 * i) | (word(block, 2 * i + 1) << 8));
  let at = 63;
  const unmix = () => {
    for (let i = 3; i >= 0; i--) {
      const shift = SHIFTS[i] ?? 1;
      const turned = ((word(r, i) >>> shift) | (word(r, i) << (16 - shift))) & 0xffff;
      const [a, b, c] = [word(r, (i + 3) & 3), word(r, (i + 2) & 3), word(r, (i + 1) & 3)];
      r[i] = turned - word(schedule, at--) - (a & b) - (~a & c);
    }
  };
  const unmash = () => {
    for (let i = 3; i >= 0; i--) r[i] = word(r, i) - word(schedule, word(r, (i + 3) & 3) & 63);
  };
  for (const [round, rounds] of [5, 6, 5].entries()) {
    for (let i = 0; i < rounds; i++) unmix();
    if (round < 2) unmash();
  }
  return Uint8Array.from({ length: 8 }, (_, i) => (word(r, i >> 1) >> (i & 1 ? 8 : 0)) & 255);
}

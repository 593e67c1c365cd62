import { charactersOf } from './seal-lines.js';

/** Code points that no font has: what is drawn for them is what is drawn for any missing character. */
const unassigned = ['\u{10fffe}', '\u0378', '\u{e0fff}'];

/**
 * The characters that no font of this device can draw, or that are pictures rather than writing. Firefox draws a box with the
 * character's number, another one for each; it alone stays upright in italics.
 */
export function missingGlyphs(text: string, font: string): string[] {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 48;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return [];
  pen.textBaseline = 'alphabetic';
  const look = (character: string, style = 'normal'): string => {
    pen.font = `${style} 700 32px ${font}`;
    pen.clearRect(0, 0, 48, 48);
    pen.fillText(character, 4, 38);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  const empty = look('');
  const boxes = new Set(unassigned.map((character) => look(character)));
  const missing = charactersOf(text).filter((character) => {
    if (/\p{Emoji_Presentation}/u.test(character)) return true;
    const drawn = look(character);
    return drawn === empty || boxes.has(drawn) || drawn === look(character, 'italic');
  });
  return [...new Set(missing)];
}

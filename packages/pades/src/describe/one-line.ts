const LONGEST = 500;
/** Controls (of terminals too), line and paragraph separators, and what turns the direction of writing or shows nothing. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const INVISIBLE = /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/gu;

/**
 * Words out of a file or certificate as one line: whoever wrote them cannot begin a line of their own, or turn others
 * around, and so not add a verdict of their own to ours.
 */
export function oneLine(text: string): string {
  const plain = text.replace(CONTROLS, ' ').replace(INVISIBLE, '').trim();
  const characters = [...plain];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : plain;
}

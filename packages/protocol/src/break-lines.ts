/** Characters that may not begin a line, and those that may not end one (JIS X 4051, the short list). */
const notFirst = /^[、。，．・：；？！ー‐’”）〕］｝〉》」』】々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.!?:;)\]}%]/u;
const notLast = /[（〔［｛〈《「『【‘“([{]$/u;

/** Breaks text into lines no wider than `width`; words of Latin letters and digits stay whole where they fit. */
export function breakLines(text: string, width: number, measure: (text: string) => number): string[] {
  return text.split(/\r\n|\r|\n/u).flatMap((paragraph) => breakParagraph(paragraph, width, measure));
}

function breakParagraph(paragraph: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const unit of units(paragraph, width, measure)) {
    if (line !== '' && measure(line + unit) > width) {
      lines.push(line.trimEnd());
      line = unit.trimStart();
    } else line += unit;
  }
  return [...lines, line.trimEnd()];
}

/** The pieces between which a line may end. */
function units(paragraph: string, width: number, measure: (text: string) => number): string[] {
  const pieces = paragraph.match(/[A-Za-z0-9@.,_+\-/]+|\s+|[\s\S]/gu) ?? [];
  const result: string[] = [];
  for (const piece of pieces.flatMap((each) => (measure(each) > width ? [...each] : [each]))) {
    const before = result.at(-1);
    const glued = before !== undefined && (notFirst.test(piece) || notLast.test(before));
    if (glued && measure(before + piece) <= width) result[result.length - 1] = before + piece;
    else result.push(piece);
  }
  return result;
}

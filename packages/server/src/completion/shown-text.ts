import { composeKana } from '../drawings/draw-text.js';
import type { PreparedField, RecipientRow } from '../store/rows.js';

/** Text as it stands in the document: dates in the words of the recipient's language, choices by their labels. */
export function shownText({ kind, options = [] }: PreparedField, value: string, { locale }: Pick<RecipientRow, 'locale'>): string {
  if (kind === 'choice') return options.find((option) => option.value === value)?.label ?? '';
  const text = composeKana(value.replace(/\r\n?/gu, '\n'));
  if (kind !== 'date' || text === '' || locale !== 'ja') return text;
  const [year, month, day] = text.split('-').map(Number);
  return `${String(year)}年${String(month)}月${String(day)}日`;
}

const NINE_HOURS = 9 * 3_600_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// Signatures tell Japanese time wherever the reader is, and Japan has no summer time; `Intl` writes dates differently from
// one engine and version to the next.

/** `2026年11月21日 18:24:05（日本時間）` */
export function japaneseTimeInJapanese(at: Date): string {
  const { year, month, day, clock } = parts(at);
  return `${year}年${month}月${day}日 ${clock}（日本時間）`;
}

/** `21 Nov 2026, 18:24:05 JST` */
export function japaneseTimeInEnglish(at: Date): string {
  const { year, month, day, clock } = parts(at);
  return `${day} ${MONTHS[month - 1] ?? ''} ${year}, ${clock} JST`;
}

function parts(at: Date) {
  const shifted = new Date(at.getTime() + NINE_HOURS);
  return { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate(), clock: [shifted.getUTCHours(), shifted.getUTCMinutes(), shifted.getUTCSeconds()].map((value) => String(value).padStart(2, '0')).join(':') };
}

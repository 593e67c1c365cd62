/** `2026年11月30日（月）` / `Mon, 30 Nov 2026`; in the reader's own time zone. */
export function formatDay(iso: string, lang: string): string {
  const day = new Date(iso);
  if (Number.isNaN(day.getTime())) return '';
  if (lang !== 'ja') return new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(day);
  const week = new Intl.DateTimeFormat('ja', { weekday: 'short' }).format(day);
  return `${day.getFullYear()}年${day.getMonth() + 1}月${day.getDate()}日（${week}）`;
}

/** `2026年11月21日 18:24` / `21 Nov 2026, 18:24`. */
export function formatMoment(iso: string, lang: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return '';
  if (lang !== 'ja') return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(moment);
  return `${moment.getFullYear()}年${moment.getMonth() + 1}月${moment.getDate()}日 ${formatTime(iso)}`;
}

/** `18:20`. */
export function formatTime(iso: string): string {
  const moment = new Date(iso);
  const two = (number: number): string => String(number).padStart(2, '0');
  return Number.isNaN(moment.getTime()) ? '' : `${moment.getHours()}:${two(moment.getMinutes())}`;
}

// Deadlines and times of signatures are Japanese time wherever the reader is, as in the documents; so the zone is named.

const zone = 'Asia/Tokyo';

/** `2026年11月30日（月）23:59（日本時間）` / `Mon, 30 Nov 2026, 23:59 JST`. */
export function formatDeadline(iso: string, lang: string): string {
  return format(iso, lang, { weekday: 'short', year: 'numeric', month: lang === 'ja' ? 'long' : 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/** The first time takes a browser tens of milliseconds. */
export function warmUpFormats(lang: string): void {
  formatDeadline(new Date().toISOString(), lang);
}

/** `2026年11月21日 18:24（日本時間）` / `21 Nov 2026, 18:24 JST`. */
export function formatMoment(iso: string, lang: string): string {
  return format(iso, lang, { year: 'numeric', month: lang === 'ja' ? 'long' : 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/** `18:20（日本時間）` / `18:20 JST`. */
export function formatTime(iso: string, lang: string): string {
  return format(iso, lang, { hour: '2-digit', minute: '2-digit' });
}

function format(iso: string, lang: string, options: Intl.DateTimeFormatOptions): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return '';
  const words = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { ...options, timeZone: zone, hourCycle: 'h23' }).format(moment);
  return lang === 'ja' ? `${words.replace(/\((.)\)\s*/u, '（$1）')}（日本時間）` : `${words} JST`;
}

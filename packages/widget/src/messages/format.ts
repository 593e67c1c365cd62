// Deadlines and times of signatures are Japanese time wherever the reader is, as in the documents; so the zone is named.
// Japan keeps no summer time. Intl.DateTimeFormat would say the same, for 3 MB of memory and 30 ms before the first page.

const zone = { name: 'Asia/Tokyo', aheadMs: 9 * 3_600_000 };

interface Clock {
  readonly year: number;
  /** 0 is January, 0 is Sunday. */
  readonly month: number;
  readonly weekday: number;
  readonly day: number;
  /** `18:20`. */
  readonly time: string;
}

interface Format {
  readonly ja: (clock: Clock) => string;
  readonly en: (clock: Clock) => string;
  /** For a language that the host has added. */
  readonly other: Intl.DateTimeFormatOptions;
}

const [weekdays, days, months] = ['日月火水木金土', 'Sun Mon Tue Wed Thu Fri Sat', 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'].map((words) => words.split(words.includes(' ') ? ' ' : '')) as [string[], string[], string[]];
const jaDate = ({ year, month, day }: Clock): string => `${String(year)}年${String(month + 1)}月${String(day)}日`;
const enDate = ({ year, month, day }: Clock): string => `${String(day)} ${months[month] ?? ''} ${String(year)}`;
const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
const date: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric' };

const deadline: Format = {
  ja: (clock) => `${jaDate(clock)}（${weekdays[clock.weekday] ?? ''}）${clock.time}`,
  en: (clock) => `${days[clock.weekday] ?? ''}, ${enDate(clock)}, ${clock.time}`,
  other: { weekday: 'short', ...date, ...time },
};
const moment: Format = { ja: (clock) => `${jaDate(clock)} ${clock.time}`, en: (clock) => `${enDate(clock)}, ${clock.time}`, other: { ...date, ...time } };
const timeOfDay: Format = { ja: (clock) => clock.time, en: (clock) => clock.time, other: time };

/** `2026年11月30日（月）23:59（日本時間）` / `Mon, 30 Nov 2026, 23:59 JST`. */
export const formatDeadline = (iso: string, lang: string): string => format(iso, lang, deadline);
/** `2026年11月21日 18:24（日本時間）` / `21 Nov 2026, 18:24 JST`. */
export const formatMoment = (iso: string, lang: string): string => format(iso, lang, moment);
/** `18:20（日本時間）` / `18:20 JST`. */
export const formatTime = (iso: string, lang: string): string => format(iso, lang, timeOfDay);

/** '' where `iso` is no moment. */
function format(iso: string, lang: string, { ja, en, other }: Format): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return '';
  if (lang === 'ja') return `${ja(clockAt(at))}（日本時間）`;
  const words = lang === 'en' ? en(clockAt(at)) : new Intl.DateTimeFormat(lang, { ...other, timeZone: zone.name, hourCycle: 'h23' }).format(at);
  return `${words} JST`;
}

function clockAt(ms: number): Clock {
  const there = new Date(ms + zone.aheadMs);
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  return {
    year: there.getUTCFullYear(),
    month: there.getUTCMonth(),
    weekday: there.getUTCDay(),
    day: there.getUTCDate(),
    time: `${twoDigits(there.getUTCHours())}:${twoDigits(there.getUTCMinutes())}`,
  };
}

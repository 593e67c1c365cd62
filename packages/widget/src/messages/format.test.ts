import { expect } from 'chai';
import { formatDeadline, formatMoment, formatTime } from './format.js';

describe('dates on the screen', () => {
  it('are Japanese time, and say so', () => {
    const iso = '2026-11-30T14:59:59.000Z';
    expect([formatDeadline(iso, 'ja'), formatMoment(iso, 'ja'), formatTime(iso, 'ja')]).to.deep.equal(['2026年11月30日（月）23:59（日本時間）', '2026年11月30日 23:59（日本時間）', '23:59（日本時間）']);
    expect([formatDeadline(iso, 'en'), formatMoment(iso, 'en'), formatTime(iso, 'en')]).to.deep.equal(['Mon, 30 Nov 2026, 23:59 JST', '30 Nov 2026, 23:59 JST', '23:59 JST']);
  });

  it('are those that a calendar of that zone knows, over the ends of days, months and years', () => {
    const calendar = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Tokyo', hourCycle: 'h23', weekday: 'short', year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
    for (let at = Date.parse('2023-12-30T00:00Z'); at < Date.parse('2029-01-03T00:00Z'); at += 7 * 3_600_000 + 60_000) {
      const part = Object.fromEntries(calendar.formatToParts(at).map(({ type, value }) => [type, value])) as Record<string, string>;
      const { weekday = '', day = '', month = '', year = '', hour = '', minute = '' } = part;
      expect(formatDeadline(new Date(at).toISOString(), 'en')).to.equal(`${weekday}, ${day} ${month} ${year}, ${hour}:${minute} JST`);
    }
  });

  it("are written as a host's language writes them", () => {
    expect(formatMoment('2026-11-21T09:24:00Z', 'de')).to.match(/21\. Nov\. 2026.*18:24 JST/u);
  });

  it('are nothing where there is no moment', () => {
    expect(formatMoment('soon', 'ja')).to.equal('');
  });
});

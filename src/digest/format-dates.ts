import type { UtcDay } from '../domain/utc-day.ts';
import type { DigestPeriod } from './digest-period.ts';

// Each part alone, because the punctuation between them depends on the version of ICU.
const part = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  return (day: UtcDay): string => format.format(Date.parse(day));
};

const year = part({ year: 'numeric' });
const month = part({ month: 'long' });
const dayOfMonth = part({ day: 'numeric' });
const weekday = part({ weekday: 'long' });
/** The first letters of the weekday, such as `Mon`. */
export const shortWeekday = part({ weekday: 'short' });

/** Such as `Thursday, 19 November`. */
export const formatWeekday = (day: UtcDay): string =>
  `${weekday(day)}, ${dayOfMonth(day)} ${month(day)}`;

/** Such as `19 November 2026`. */
export const formatDay = (day: UtcDay): string => `${dayOfMonth(day)} ${month(day)} ${year(day)}`;

/** Such as `16 to 22 November 2026`, or for a month `November 2026`. */
export const formatPeriod = ({ rhythm, days }: DigestPeriod): string => {
  const [first = '', last = first] = [days[0], days.at(-1)];
  if (rhythm === 'monthly') return `${month(first)} ${year(first)}`;
  return `${formatFirst(first, last)} to ${formatDay(last)}`;
};

// Without what the last day says as well.
const formatFirst = (first: UtcDay, last: UtcDay): string => {
  if (year(first) !== year(last)) return formatDay(first);
  const isSameMonth = month(first) === month(last);
  return isSameMonth ? dayOfMonth(first) : `${dayOfMonth(first)} ${month(first)}`;
};

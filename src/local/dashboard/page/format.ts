const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

const FULL = new Intl.NumberFormat(undefined, { maximumFractionDigits: 20 });
const WHOLE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });
const COMPACT = new Intl.NumberFormat(undefined, {
  ...{ notation: 'compact', maximumSignificantDigits: 4 },
});

/** All digits of a number, in the notation of the reader. */
export const formatFully = (value: number): string => FULL.format(value);

/** A number with four significant digits; integers keep all of theirs. */
export const formatShortly = (value: number): string =>
  (Math.abs(value) >= 1_000 ? WHOLE : SHORT).format(value);

/** A number as in `12K`, for an axis. */
export const formatCompactly = (value: number): string => COMPACT.format(value);

const MINUTE = new Intl.DateTimeFormat(undefined, {
  ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
});
const SECOND = new Intl.DateTimeFormat(undefined, {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
});
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** A time of day in the time zone of the reader; `time` in milliseconds since 1970, as below. */
export const formatSecond = (time: number): string => SECOND.format(time);

/** Day and time of day. */
export const formatTime = (time: number): string => `${DAY.format(time)}, ${MINUTE.format(time)}`;

/** The label of a tick of a time axis: the day at midnight or if there is a tick a day at most, else the time of day. */
export const formatTick = (time: number, stepSeconds: number): string => {
  const minute = MINUTE.format(time);
  return stepSeconds >= DAY_S || minute === '00:00' ? DAY.format(time) : minute;
};

/** A length such as `5 min`, from seconds. */
export const formatPeriod = (seconds: number): string => {
  const units = [
    [DAY_S, 'd'],
    [HOUR_S, 'h'],
    [MINUTE_S, 'min'],
  ] as const;
  const [length, unit] = units.find(([unitLength]) => seconds % unitLength === 0) ?? [1, 's'];
  return `${seconds / length} ${unit}`;
};

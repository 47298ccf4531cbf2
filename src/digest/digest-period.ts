import { DAY_MS, type UtcDay, utcDay } from '../domain/utc-day.ts';
import type { DigestRhythm } from '../settings/allowed-values.ts';

/** The whole UTC days that a digest is about, and the same number of weeks or months before them. */
export interface DigestPeriod {
  readonly rhythm: DigestRhythm;
  /** In order; never empty. */
  readonly days: readonly UtcDay[];
  readonly daysBefore: readonly UtcDay[];
}

/** The last complete week, Monday to Sunday, or the last complete month before `nowMs`, epoch milliseconds. */
export const lastPeriod = (rhythm: DigestRhythm, nowMs: number): DigestPeriod => {
  const [end, start, startBefore] =
    rhythm === 'weekly'
      ? weekStarts(nowMs)
      : [0, -1, -2].map((months) => monthStart(nowMs, months));
  return { rhythm, days: daysFrom(start, end), daysBefore: daysFrom(startBefore, start) };
};

const weekStarts = (nowMs: number): number[] => {
  const daysSinceMonday = (new Date(nowMs).getUTCDay() + 6) % 7;
  const monday = Math.floor(nowMs / DAY_MS) * DAY_MS - daysSinceMonday * DAY_MS;
  return [monday, monday - 7 * DAY_MS, monday - 14 * DAY_MS];
};

const monthStart = (nowMs: number, months: number): number => {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months);
};

const daysFrom = (startMs = 0, endMs = 0): UtcDay[] =>
  Array.from({ length: (endMs - startMs) / DAY_MS }, (_, index) =>
    utcDay(startMs + index * DAY_MS),
  );

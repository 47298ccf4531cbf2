import { type ShownCounter, shownTotal } from '../domain/baseline.ts';
import { HISTORY_DAYS } from '../domain/counter.ts';
import { DAY_MS, sumDays, utcDay } from '../domain/utc-day.ts';
import type { CounterSummary } from './digest.ts';
import type { DigestPeriod } from './digest-period.ts';

/** What a digest says about a counter, from its days at `nowMs`, epoch milliseconds. */
export const summarizeCounter = (
  name: string,
  counter: ShownCounter,
  { days, daysBefore }: DigestPeriod,
  nowMs: number,
): CounterSummary => {
  const { startedByDay, baseline } = counter;
  const firstKept = utcDay(nowMs - (HISTORY_DAYS - 1) * DAY_MS);
  const [firstBefore = ''] = daysBefore;
  return {
    name,
    days: days.map((day) => ({ day, sessions: startedByDay.get(day) ?? 0 })),
    before:
      firstBefore >= firstKept
        ? sumDays(startedByDay, (day) => daysBefore.includes(day))
        : undefined,
    total: shownTotal(counter),
    baseline: baseline?.sessions ?? 0,
  };
};

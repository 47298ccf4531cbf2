import type { Interval } from '../../domain/interval.ts';
import { DAY_MS } from '../../domain/utc-day.ts';

/** How many sessions began in one hour, or in one or more days if the interval is long. */
export interface Bucket {
  /** When it begins, epoch milliseconds. */
  readonly startMs: number;
  /** Those whose first visit lies in the interval. */
  readonly inside: number;
  readonly outside: number;
}

/** The sessions in an interval, and those around it. */
export interface IntervalSurvey {
  readonly sessions: number;
  readonly bucketMs: number;
  /** In the order of time, from some before the interval to some after it, without the days long before the first session. */
  readonly buckets: readonly Bucket[];
  /** How many days the interval is shifted to compare it with the time before it; at least its own length. */
  readonly periodDays: number;
  /** The sessions at the same hours this many days before, twice as many, and so on. */
  readonly earlier: readonly number[];
}

/** Collects the first visits of sessions, epoch milliseconds; undefined is ignored. */
export interface SurveyTally {
  readonly add: (firstMs: number | undefined) => void;
  readonly survey: () => IntervalSurvey;
}

export const HOUR_MS = 3_600_000;
// More hours, or more periods of days, would not fit on a screen.
const MAX_BUCKETS = 96;
const BUCKETS_AROUND = 6;
const EARLIER_PERIODS = 7;

/** An empty tally for an interval; `nowMs` ends the buckets that are shown, epoch milliseconds. */
export const createSurveyTally = ({ from, to }: Interval, nowMs: number): SurveyTally => {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const bucketMs = bucketOf(Math.min(toMs, nowMs) - Math.max(fromMs, 0));
  const periodDays = Math.ceil((toMs - fromMs) / DAY_MS);
  const buckets = emptyBuckets(fromMs, Math.min(toMs, nowMs), bucketMs, nowMs);
  const earlier = Array.from({ length: EARLIER_PERIODS }, () => 0);
  let sessions = 0;
  const isInside = (ms: number): boolean => ms >= fromMs && ms < toMs;
  return {
    add: (firstMs) => {
      if (firstMs === undefined) return;
      if (isInside(firstMs)) sessions += 1;
      const bucket = buckets.get(Math.floor(firstMs / bucketMs));
      if (bucket) bucket[isInside(firstMs) ? 'inside' : 'outside'] += 1;
      const period = Math.ceil((fromMs - firstMs) / (periodDays * DAY_MS));
      if (isInside(firstMs + period * periodDays * DAY_MS)) addAt(earlier, period - 1);
    },
    survey: () => ({
      ...{ sessions, bucketMs, periodDays, earlier },
      buckets: shown([...buckets.values()], bucketMs),
    }),
  };
};

// The epoch is before all first visits: no visit is dated earlier, and import refuses such rows.
const bucketOf = (lengthMs: number): number =>
  lengthMs <= MAX_BUCKETS * HOUR_MS
    ? HOUR_MS
    : Math.ceil(lengthMs / (MAX_BUCKETS * DAY_MS)) * DAY_MS;

const emptyBuckets = (fromMs: number, toMs: number, bucketMs: number, nowMs: number) => {
  const first = Math.max(0, Math.floor(fromMs / bucketMs) - BUCKETS_AROUND);
  const last = Math.min(
    Math.floor((toMs - 1) / bucketMs) + BUCKETS_AROUND,
    Math.floor(nowMs / bucketMs),
  );
  return new Map(
    Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => [
      first + place,
      { startMs: (first + place) * bucketMs, inside: 0, outside: 0 },
    ]),
  );
};

// An interval of days may begin decades before the first session.
const shown = (buckets: readonly Bucket[], bucketMs: number): readonly Bucket[] => {
  if (bucketMs === HOUR_MS) return buckets;
  const first = buckets.findIndex(({ inside, outside }) => inside + outside > 0);
  return buckets.slice(Math.max(0, (first < 0 ? buckets.length : first) - BUCKETS_AROUND));
};

const addAt = (numbers: number[], place: number): void => {
  const number = numbers[place];
  if (number !== undefined) numbers[place] = number + 1;
};

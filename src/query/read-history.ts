import { type Counter, HISTORY_DAYS } from '../domain/counter.ts';
import type { CounterList } from '../domain/counter-name.ts';
import { DAY_MS, type UtcDay, utcDay } from '../domain/utc-day.ts';
import { monthsBetween, type UtcMonth, utcMonth } from '../domain/utc-month.ts';
import type { HttpRequest } from '../http/http-request.ts';
import { errorResponse, jsonResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import { parseAskedCounter } from './asked-counters.ts';
import type { Readers } from './readers.ts';

export interface ReadHistoryDependencies {
  readonly readers: Pick<Readers, 'counter'>;
  /** The counters that the deployment admits. */
  readonly list: CounterList;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What the history can be divided by; the first is the default. */
export const HISTORY_PERIODS = ['day', 'month'] as const;

/** The number of days without the parameter `days`. */
export const DEFAULT_DAYS = 30;

/**
 * Handles GET /history?counter=site: by UTC day for the last `days` days, or with `by=month` by UTC month since the
 * first month with sessions. Oldest first, ending with today or the current month; days and months without
 * sessions are included with 0. Responds 400 for another `by`, for a number of days outside 1 to 90 or together with
 * `by=month`, and for more than one name, and 404 for a counter that the deployment does not admit.
 */
export const createReadHistory =
  ({ readers, list, now }: ReadHistoryDependencies): Route =>
  async ({ query }) => {
    const describe = parsePeriod(query);
    if (typeof describe === 'string') return errorResponse(400, describe);
    const asked = parseAskedCounter(query, list);
    if ('statusCode' in asked) return asked;
    const { value, readAtMs } = await readers.counter.read(asked.counter);
    const as_of = new Date(readAtMs).toISOString();
    return jsonResponse(200, { ...describe(value, now()), as_of });
  };

type DescribeHistory = (counter: Counter, nowMs: number) => object;

/** How to describe the history, or what is wrong with the request. */
const parsePeriod = ({ by = 'day', days }: HttpRequest['query']): DescribeHistory | string => {
  if (by === 'day') {
    const number = parseDays(days);
    if (number === undefined) return `days must be a whole number from 1 to ${HISTORY_DAYS}.`;
    return (counter, nowMs) => describeDays(counter, number, nowMs);
  }
  if (by !== 'month') return `by must be ${HISTORY_PERIODS.join(' or ')}.`;
  if (days === undefined) return describeMonths;
  return 'days must be left out with by=month, which reads all months.';
};

const parseDays = (text: string | undefined): number | undefined => {
  if (text === undefined) return DEFAULT_DAYS;
  const days = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= HISTORY_DAYS ? days : undefined;
};

const describeDays = ({ startedByDay }: Counter, days: number, nowMs: number) => ({
  days: lastDays(days, nowMs).map((day) => ({
    day,
    new_sessions: atLeastZero(startedByDay.get(day)),
  })),
});

const lastDays = (days: number, nowMs: number): UtcDay[] =>
  Array.from({ length: days }, (_, index) => utcDay(nowMs - (days - 1 - index) * DAY_MS));

const describeMonths = ({ startedByMonth }: Counter, nowMs: number) => {
  const current = utcMonth(nowMs);
  const first = firstMonth(startedByMonth) ?? current;
  // A clock that was ahead may have dated sessions in a later month.
  const months = monthsBetween(first < current ? first : current, current);
  const describe = (month: UtcMonth) => ({
    month,
    new_sessions: atLeastZero(startedByMonth.get(month)),
  });
  return { months: months.map(describe) };
};

// Below 0 if sessions were retracted that a rebuild had added to the total, but to no day and no month.
const atLeastZero = (sessions = 0): number => Math.max(0, sessions);

const firstMonth = (numbers: ReadonlyMap<UtcMonth, number>): UtcMonth | undefined =>
  [...numbers.keys()].filter((month) => (numbers.get(month) ?? 0) > 0).sort()[0];

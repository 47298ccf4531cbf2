import { HISTORY_DAYS } from '../domain/counter.ts';
import type { CounterList } from '../domain/counter-name.ts';
import { DAY_MS, type UtcDay, utcDay } from '../domain/utc-day.ts';
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

/** The number of days without the parameter `days`. */
export const DEFAULT_DAYS = 30;

/**
 * Handles GET /history?counter=site&days=30: the new sessions of each UTC day, oldest first, ending with today; days
 * without sessions are included with 0. Responds 400 for a number of days outside 1 to 90 and for more than one
 * name, and 404 for a counter that the deployment does not admit.
 */
export const createReadHistory =
  ({ readers, list, now }: ReadHistoryDependencies): Route =>
  async ({ query }) => {
    const days = parseDays(query.days);
    if (days === undefined) {
      return errorResponse(400, `days must be a whole number from 1 to ${HISTORY_DAYS}.`);
    }
    const asked = parseAskedCounter(query, list);
    if ('statusCode' in asked) return asked;
    const { value, readAtMs } = await readers.counter.read(asked.counter);
    const { startedByDay } = value;
    return jsonResponse(200, {
      days: lastDays(days, now()).map((day) => ({ day, new_sessions: startedByDay.get(day) ?? 0 })),
      as_of: new Date(readAtMs).toISOString(),
    });
  };

const parseDays = (text: string | undefined): number | undefined => {
  if (text === undefined) return DEFAULT_DAYS;
  const days = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= HISTORY_DAYS ? days : undefined;
};

const lastDays = (days: number, nowMs: number): UtcDay[] =>
  Array.from({ length: days }, (_, index) => utcDay(nowMs - (days - 1 - index) * DAY_MS));

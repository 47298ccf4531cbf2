import type { CounterSummary, Digest } from '../../src/digest/digest.ts';
import { lastPeriod } from '../../src/digest/digest-period.ts';
import type { DigestRhythm } from '../../src/settings/allowed-values.ts';

/** When the digests of the tests are sent: a Monday. */
export const MONDAY_MS = Date.parse('2026-11-23T07:00:12.345Z');

const FIRST_OF_MONTH_MS = Date.parse('2026-12-01T07:00:00.000Z');

const PERIODS = {
  weekly: lastPeriod('weekly', MONDAY_MS),
  monthly: lastPeriod('monthly', FIRST_OF_MONTH_MS),
};

/** The summary of a counter with these new sessions from the first day on, and none on the other days. */
export const summaryOf = (
  sessions: readonly number[],
  facts: Partial<CounterSummary> = {},
  rhythm: DigestRhythm = 'weekly',
): CounterSummary => ({
  name: 'site',
  days: PERIODS[rhythm].days.map((day, index) => ({ day, sessions: sessions[index] ?? 0 })),
  ...{ before: 0, total: 0, baseline: 0, ...facts },
});

/** A digest of which nothing has happened, except for these facts. */
export const digestOf = (facts: Partial<Digest> = {}, rhythm: DigestRhythm = 'weekly'): Digest => ({
  ...{ name: 'blog', period: PERIODS[rhythm], site: summaryOf([], {}, rhythm), others: [] },
  ...{ visits: 0, refused: new Map(), audit: undefined },
  used: { requests: 0, calls: 0, gigabyteSeconds: 0, writeUnits: 0, readUnits: 0 },
  ...facts,
});

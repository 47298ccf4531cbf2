import type { CounterChange } from './counter-change.ts';

/**
 * The most numbers by day and by month that one write adds to. DynamoDB allows 4 KB for an expression: each of these
 * takes 13 bytes, and everything else in the write at most 1.4 KB. The 90 days of both kinds and their months fit, so
 * only sessions of many other months, or of future days, take more than one write.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export const MAX_ADDED_NUMBERS = 200;

/** Whether DynamoDB accepts a change as one write. A change by one event always fits. */
export const fitsOneWrite = ({
  startedByDay,
  removedByDay,
  startedByMonth,
}: Pick<CounterChange, 'startedByDay' | 'removedByDay' | 'startedByMonth'>): boolean =>
  startedByDay.size + removedByDay.size + startedByMonth.size <= MAX_ADDED_NUMBERS;

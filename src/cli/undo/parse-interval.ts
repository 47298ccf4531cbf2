import type { Interval } from '../../domain/interval.ts';
import { isUtcDay, parseInstant } from '../../domain/utc-day.ts';
import { UsageError } from '../command-error.ts';

/** Parses `--from` and `--to`, of which both must be given. Throws a UsageError if they are not an interval. */
export const parseInterval = (from: string | undefined, to: string | undefined): Interval => {
  const interval = { from: parseTime('--from', from), to: parseTime('--to', to) };
  if (interval.from < interval.to) return interval;
  throw new UsageError(`--from must be before --to, but they are ${from} and ${to}`);
};

const DAY_LENGTH = 'YYYY-MM-DD'.length;

const parseTime = (option: string, text: string | undefined): string => {
  const epochMs = parseInstant(text);
  // parseInstant takes 31 November for 1 December.
  if (epochMs !== undefined && isUtcDay(text?.slice(0, DAY_LENGTH)))
    return new Date(epochMs).toISOString();
  const given = text === undefined ? 'missing' : `"${text}"`;
  throw new UsageError(
    `${option} must be a time with a zone, such as 2026-11-27T03:00Z, on a day of the calendar, but it is ${given}`,
  );
};

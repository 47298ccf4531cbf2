import type { DynamoDBClock } from '../../tables/dynamodb-clock.ts';
import { type OldRow, type OldTimes, parseOldRow, readOldTimes } from './old-row.ts';
import type { FoundRow } from './row-source.ts';
import { findAhead, joinAhead, type RowsAhead } from './rows-ahead.ts';

/** What rows are validated against. */
export interface RowRules {
  /** The IANA time zone of times without one. */
  readonly timeZone: string;
  /** The counter of the rows that name none. */
  readonly counter: string;
  /** Not the operator's clock: a row must not be in the future for queries and the projector. */
  readonly now: DynamoDBClock;
}

/** Parsed rows. */
export interface ParsedRows {
  /** For each row, the parsed row or why it is rejected. */
  readonly results: readonly (OldRow | string)[];
  /** The rows with a time in the future, rejected ones included; undefined if there are none. */
  readonly ahead: RowsAhead | undefined;
}

/** Parses rows. A row without a valid time is never in the future. */
export const parseRows = (rows: readonly FoundRow[], { timeZone, now }: RowRules): ParsedRows => {
  let ahead: RowsAhead | undefined;
  const results = rows.map(({ raw }) => {
    if (typeof raw === 'string') return raw;
    const times: OldTimes = readOldTimes(raw, timeZone);
    ahead = joinAhead(ahead, findAhead(times, now()));
    return parseOldRow(raw, times);
  });
  return { results, ahead };
};

import type { DynamoDBClock } from '../../tables/dynamodb-clock.ts';
import { type OldRow, type OldTimes, parseOldRow, readOldTimes } from './old-row.ts';
import type { FoundRow } from './row-source.ts';
import { findAhead, joinAhead, type RowsAhead } from './rows-ahead.ts';

/** What rows are judged by. */
export interface RowRules {
  /** The IANA time zone of times that name none. */
  readonly timeZone: string;
  /** Not the operator's: a row must not be in the future for readers and the projector. */
  readonly now: DynamoDBClock;
}

/** Rows as they were judged. */
export interface ParsedRows {
  /** Each row in its place, or why it is rejected. */
  readonly verdicts: readonly (OldRow | string)[];
  /** Those with any time in the future, though they may be rejected; undefined when there is none. */
  readonly ahead: RowsAhead | undefined;
}

/** Judges rows as they are found. A row without a readable time is never ahead. */
export const parseRows = (rows: readonly FoundRow[], { timeZone, now }: RowRules): ParsedRows => {
  let ahead: RowsAhead | undefined;
  const verdicts = rows.map(({ raw }) => {
    if (typeof raw === 'string') return raw;
    const times: OldTimes = readOldTimes(raw, timeZone);
    ahead = joinAhead(ahead, findAhead(times, now()));
    return parseOldRow(raw, times);
  });
  return { verdicts, ahead };
};

import { setTimeout } from 'node:timers/promises';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { createIsCounted } from '../audit/stream-progress.ts';
import type { UntilCountedDependencies } from '../audit/until-counted.ts';
import type { Counter } from '../domain/counter.ts';
import type { RowCounts } from '../domain/row-counts.ts';
import { countRows } from '../tables/count-rows.ts';
import { createDynamoDBClock } from '../tables/dynamodb-clock.ts';
import { findStream } from '../tables/find-stream.ts';
import { readCounter } from '../tables/read-counter.ts';
import { SESSION } from '../tables/schema.ts';
import { createStreamReader } from '../tables/stream-reader.ts';
import type { CommandContext } from './command.ts';
import { CommandError } from './command-error.ts';
import type { Target } from './target/target.ts';

/** What reads the rows of a target and tells how far they are counted. */
export interface RowReader extends UntilCountedDependencies {
  readonly readCounter: () => Promise<Counter>;
  /** The rows, told apart by a cutoff, epoch milliseconds. */
  readonly countRows: (cutoffMs: number) => Promise<RowCounts>;
}

const SEGMENTS = 4;

/**
 * A reader of the target's rows, which shows how far it is and leaves when the signal says so.
 * Throws a CommandError when the table is no table of sessions, and else what the SDK throws.
 */
export const openRowReader = async (
  target: Target,
  { console, signal }: Pick<CommandContext, 'console' | 'signal'>,
): Promise<RowReader> => {
  const { client, streams, sessionsTable, countsTable } = target;
  const now = createDynamoDBClock(client);
  const rows = await describeSessions(target);
  const readStrongly = () => readCounter(client, countsTable, 'strong');
  const sleep = (ms: number) => setTimeout(ms, undefined, { signal });
  const reader = createStreamReader(streams, await findStream(client, sessionsTable));
  return {
    isCounted: createIsCounted({ reader, readCounter: readStrongly, sleep }),
    now,
    sleep,
    readCounter: readStrongly,
    countRows: async (cutoffMs) => {
      const progress = console.progress({ label: 'Reading', unit: 'row', total: rows });
      const onRows = (count: number): void => {
        signal.throwIfAborted();
        progress.advance(count);
      };
      const scan = { segments: SEGMENTS, onRows };
      return countRows(client, sessionsTable, cutoffMs, scan).finally(progress.stop);
    },
  };
};

// DynamoDB reckons the number of rows anew every six hours; it is good enough for a bar.
const describeSessions = async ({ client, sessionsTable }: Target): Promise<number | undefined> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: sessionsTable }));
  const keys = (Table?.KeySchema ?? []).map(({ AttributeName }) => AttributeName);
  if (keys.join() === SESSION.hash) return Table?.ItemCount || undefined;
  throw new CommandError(
    `The table ${sessionsTable} is no table of sessions: its key must be ${SESSION.hash}, ` +
      `but it is ${keys.join(' and ')}`,
  );
};

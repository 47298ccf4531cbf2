import { setTimeout } from 'node:timers/promises';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { Counter } from '../../domain/counter.ts';
import { findStream } from '../../local/database.ts';
import { createStreamReader } from '../../local/event-source/stream-reader.ts';
import { countRowsBefore } from '../../tables/count-rows.ts';
import { readCounter } from '../../tables/read-counter.ts';
import { SESSION } from '../../tables/schema.ts';
import type { CommandContext } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Target } from '../target/target.ts';
import { createIsCounted } from './stream-progress.ts';
import type { UntilCountedDependencies } from './until-counted.ts';

/** What reads the rows of a target and tells how far they are counted. */
export interface RowReader extends UntilCountedDependencies {
  readonly readCounter: () => Promise<Counter>;
  /** The rows of first visits before each of these instants, epoch milliseconds. */
  readonly countRowsBefore: (instantsMs: readonly number[]) => Promise<number[]>;
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
  const rows = await describeSessions(target);
  const readStrongly = () => readCounter(client, countsTable, 'strong');
  const sleep = (ms: number) => setTimeout(ms, undefined, { signal });
  const reader = createStreamReader(streams, await findStream(client, sessionsTable));
  return {
    isCounted: createIsCounted({ reader, readCounter: readStrongly, sleep }),
    now: Date.now,
    sleep,
    readCounter: readStrongly,
    countRowsBefore: async (instantsMs) => {
      const progress = console.progress({ label: 'Reading', unit: 'row', total: rows });
      const onRows = (count: number): void => {
        signal.throwIfAborted();
        progress.advance(count);
      };
      const scan = { segments: SEGMENTS, onRows };
      return countRowsBefore(client, sessionsTable, instantsMs, scan).finally(progress.stop);
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

import { createIsCounted } from '../audit/stream-progress.ts';
import type { UntilCountedDependencies } from '../audit/until-counted.ts';
import type { ByCounter } from '../domain/by-counter.ts';
import type { Counter } from '../domain/counter.ts';
import { NO_ROWS, type RowCounts } from '../domain/row-counts.ts';
import { countRows } from '../tables/count-rows.ts';
import { createDynamoDBClock } from '../tables/dynamodb-clock.ts';
import { findStream } from '../tables/find-stream.ts';
import { createStreamReader } from '../tables/stream-reader.ts';
import type { CommandContext } from './command.ts';
import { estimateRows } from './estimate-rows.ts';
import { readSelectedCounters } from './read-selected-counters.ts';
import type { Target } from './target/target.ts';

/** Reads the session rows of a target, its counters, and how far its stream is counted. */
export interface RowReader extends UntilCountedDependencies {
  /** Strongly consistent reads. */
  readonly readCounters: () => Promise<ByCounter<Counter>>;
  /** Counts the rows of each counter before and after a cutoff, epoch milliseconds. */
  readonly countRows: (cutoffMs: number) => Promise<ByCounter<RowCounts>>;
}

const SEGMENTS = 4;

/**
 * Opens a reader of all counters, or of the one with this name, that shows its progress and stops when the signal
 * aborts. Throws a CommandError if the table is not a sessions table. Its `readCounters` throws one if there is no
 * such counter. Both throw what the SDK throws.
 */
export const openRowReader = async (
  target: Target,
  { console, clock, signal }: Pick<CommandContext, 'console' | 'clock' | 'signal'>,
  name?: string,
  readCounters: RowReader['readCounters'] = () => readSelectedCounters(target, name),
): Promise<RowReader> => {
  const { client, streams, sessionsTable } = target;
  const now = createDynamoDBClock(client);
  const estimatedRows = await estimateRows(target);
  const sleep = (ms: number) => clock.sleep(ms, signal);
  const reader = createStreamReader(streams, await findStream(client, sessionsTable));
  return {
    isCounted: createIsCounted({ reader, readCounters, sleep }),
    now,
    sleep,
    readCounters,
    countRows: async (cutoffMs) => {
      const progress = console.progress({ label: 'Reading', unit: 'row', total: estimatedRows });
      const onRows = (count: number): void => {
        signal.throwIfAborted();
        progress.advance(count);
      };
      const scan = { segments: SEGMENTS, onRows };
      const rows = countRows(client, sessionsTable, cutoffMs, scan).finally(progress.stop);
      return selectRows(await rows, name);
    },
  };
};

const selectRows = (rows: ByCounter<RowCounts>, name: string | undefined): ByCounter<RowCounts> =>
  name === undefined ? rows : new Map([[name, rows.get(name) ?? NO_ROWS]]);

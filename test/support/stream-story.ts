import type { DynamoDBRecord } from 'aws-lambda';
import type { Counter } from '../../src/domain/counter.ts';
import type { CommitChange, RebuildStore } from '../../src/domain/counter-store.ts';
import type { Measurements, Meter } from '../../src/metrics/meter.ts';
import { createProjectorHandlerWith } from '../../src/projector/projector-handler.ts';
import { createKeptLog, type KeptLog } from './kept-log.ts';
import { NOW_MS } from './stream-records.ts';

/** A stream's history as a test tells it: given a counter, when batches arrive, then the counts. */
export interface StreamStory {
  /** A batch of a shard reaches the projector, and is answered as Lambda demands. */
  readonly deliver: (shardId: string, records: readonly DynamoDBRecord[]) => Promise<unknown>;
  /** The next batch reaches a new container, which remembers nothing. */
  readonly coldStart: () => void;
  readonly totals: () => Promise<Pick<Counter, 'total' | 'removed'>>;
  readonly counter: () => Promise<Counter>;
  readonly log: KeptLog;
  /** What each batch was measured to be. */
  readonly measured: readonly Measurements[];
}

export interface CounterUnderTest extends RebuildStore {
  readonly commitChange: CommitChange;
  readonly read: () => Counter | Promise<Counter>;
}

/** A story over this store, whose clock stands at NOW unless it says otherwise. */
export const tellStory = (
  { commitChange, read }: Pick<CounterUnderTest, 'commitChange' | 'read'>,
  now: () => number = () => NOW_MS,
): StreamStory => {
  const log = createKeptLog();
  const measured: Measurements[] = [];
  const meter: Meter = (measurements) => void measured.push(measurements);
  const newContainer = () => createProjectorHandlerWith({ commitChange, log, meter, now });
  let container = newContainer();
  return {
    deliver: (shardId, Records) => container({ shardId, Records }),
    coldStart: () => {
      container = newContainer();
    },
    counter: async () => read(),
    totals: async () => {
      const { total, removed } = await read();
      return { total, removed };
    },
    log,
    measured,
  };
};

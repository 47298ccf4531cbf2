import type { DynamoDBRecord } from 'aws-lambda';
import type { Counter } from '../../src/domain/counter.ts';
import type { CommitChange } from '../../src/domain/counter-store.ts';
import type { RebuildStore } from '../../src/domain/rebuild.ts';
import type { UndoStore } from '../../src/domain/undo.ts';
import type { Measurements, Meter } from '../../src/metrics/meter.ts';
import { createProjectorHandlerWith } from '../../src/projector/projector-handler.ts';
import { createKeptLog, type KeptLog } from './kept-log.ts';

/** The history of a stream in a test: given a counter, when batches arrive, then the counts. */
export interface StreamStory {
  /** Delivers a batch of a shard to the projector; resolves to its response. */
  readonly deliver: (shardId: string, records: readonly DynamoDBRecord[]) => Promise<unknown>;
  /** Delivers the following batches to a new container. */
  readonly coldStart: () => void;
  readonly totals: () => Promise<Pick<Counter, 'total' | 'removed'>>;
  readonly counter: () => Promise<Counter>;
  readonly log: KeptLog;
  /** The metrics of each batch. */
  readonly measured: readonly Measurements[];
}

export interface CounterUnderTest extends RebuildStore, UndoStore {
  readonly commitChange: CommitChange;
  readonly read: () => Counter | Promise<Counter>;
}

/** A story with this store. */
export const tellStory = ({
  commitChange,
  read,
}: Pick<CounterUnderTest, 'commitChange' | 'read'>): StreamStory => {
  const log = createKeptLog();
  const measured: Measurements[] = [];
  const meter: Meter = (measurements) => void measured.push(measurements);
  const newContainer = () => createProjectorHandlerWith({ commitChange, log, meter });
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

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { HISTORY_DAYS } from '../../src/domain/counter.ts';
import type { CounterChange } from '../../src/domain/counter-change.ts';
import { CHECKPOINT_LIFETIME_SECONDS } from '../../src/domain/counter-change.ts';
import { parseSequenceNumber } from '../../src/domain/sequence-number.ts';
import { DAY_MS, type UtcDay, utcDay } from '../../src/domain/utc-day.ts';
import type { StreamEvent } from '../../src/projector/stream-batch.ts';
import { createCommitChange } from '../../src/tables/commit-counter-change.ts';

/** Epoch milliseconds; fixed, so that what is measured does not depend on the clock. */
const COUNTER_NOW_MS = Date.parse('2026-11-23T18:00:00.000Z');

// A shard is replaced after about four hours, and its checkpoint is kept until it is dropped.
const SHARD_SECONDS = 4 * 3_600;
const SHARDS_IN_A_ROW = Math.ceil(CHECKPOINT_LIFETIME_SECONDS / SHARD_SECONDS);
const SESSIONS_A_DAY = 160_000;

/**
 * Writes the counter item of a busy site in a steady state: every day of its history, and the checkpoints
 * left by `openShards` shards and their predecessors.
 */
export const writeFullCounter = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  openShards: number,
): Promise<void> => {
  const commitChange = createCommitChange(client, tableName);
  await commitChange(changeOf(0, new Map(history())));
  for (let shard = 1; shard < openShards * SHARDS_IN_A_ROW; shard += 1) {
    await commitChange(changeOf(shard, new Map()));
  }
};

/** An event with one new session, in the first of those shards. */
export const oneInsert = (position: number): StreamEvent => ({
  shardId: shardId(0),
  Records: [
    {
      eventName: 'INSERT',
      dynamodb: {
        // DynamoDB's times are whole seconds.
        ApproximateCreationDateTime: COUNTER_NOW_MS / 1000 - 1,
        SequenceNumber: sequenceText(position),
        Keys: { session_hash: { S: 'session' } },
        NewImage: { first_accessed: { S: new Date(COUNTER_NOW_MS).toISOString() } },
      },
    },
  ],
});

const history = (): [UtcDay, number][] =>
  Array.from({ length: HISTORY_DAYS }, (_, age) => [
    utcDay(COUNTER_NOW_MS - age * DAY_MS),
    SESSIONS_A_DAY + age,
  ]);

const changeOf = (shard: number, startedByDay: ReadonlyMap<UtcDay, number>): CounterChange => ({
  shardId: shardId(shard),
  expectedCheckpoint: undefined,
  checkpoint: { sequence: sequenceOf(0), at: COUNTER_NOW_MS / 1000 },
  started: [...startedByDay.values()].reduce((sum, count) => sum + count, 0),
  removed: 0,
  rebuild: undefined,
  startedByDay,
  removedByDay: new Map(),
  expired: { startedDays: [], removedDays: [], checkpoints: new Map() },
  watermark: { expected: 0, next: 0 },
  updatedAt: new Date(COUNTER_NOW_MS).toISOString(),
});

// As long as shard ids on AWS.
const shardId = (shard: number): string =>
  `shardId-${String(COUNTER_NOW_MS).padStart(20, '0')}-${shard.toString(16).padStart(8, '0')}`;

const sequenceText = (position: number): string =>
  (100_000_000_000_000_000_000_000n + BigInt(position)).toString();

const sequenceOf = (position: number) => {
  const sequence = parseSequenceNumber(sequenceText(position));
  if (sequence) return sequence;
  throw new RangeError(`${position} must be a position in a shard`);
};

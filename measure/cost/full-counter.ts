import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Counter, EMPTY_COUNTER, HISTORY_DAYS } from '../../src/domain/counter.ts';
import { CHECKPOINT_LIFETIME_SECONDS, planChange } from '../../src/domain/counter-change.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { parseSequenceNumber } from '../../src/domain/sequence-number.ts';
import type { Tally } from '../../src/domain/tally.ts';
import { DAY_MS, type UtcDay, utcDay } from '../../src/domain/utc-day.ts';
import type { StreamEvent } from '../../src/projector/stream-batch.ts';
import { checkpointAttribute, encodeCheckpoint } from '../../src/tables/checkpoint-attribute.ts';
import { createCommitChange } from '../../src/tables/commit-counter-change.ts';
import { createPlaceholders } from '../../src/tables/expression.ts';
import { createRebuildStore } from '../../src/tables/rebuild-counter.ts';
import { COUNTER, DISTINCT_SESSIONS } from '../../src/tables/schema.ts';

/** Epoch milliseconds; fixed, so that what is measured does not depend on the clock. */
export const COUNTER_NOW_MS = Date.parse('2026-11-23T18:00:00.000Z');
const NOW_SECONDS = COUNTER_NOW_MS / 1000;

// A shard is replaced after about four hours.
const SHARD_SECONDS = 4 * 3_600;
/** New sessions, and removed rows, of each day. */
const SESSIONS_A_DAY = 160_000;
// The day that brings the history before it, which is more than two packings move.
const OLDEST = 3;

/**
 * How many checkpoints each open shard accounts for at most: its own, and those of the shards before it that
 * wrote their last record within the lifetime of a checkpoint, in seconds.
 */
export const checkpointsPerShard = (lifetimeSeconds: number): number =>
  2 + Math.floor(lifetimeSeconds / SHARD_SECONDS);

/**
 * Writes the largest counter item of a busy site: new sessions and removed rows on every day of its history,
 * the checkpoints of `openShards` shards and of those before them, a watermark and a rebuild.
 */
export const writeFullCounter = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  openShards: number,
): Promise<void> => {
  const write = createWriter(client, tableName);
  let counter = EMPTY_COUNTER;
  for (let age = OLDEST; age >= 0; age -= 1)
    counter = await write(shardIdOf(0), tallyOfDay(age), counter);
  const shards = openShards * checkpointsPerShard(CHECKPOINT_LIFETIME_SECONDS);
  for (let first = 1; first < shards; first += SHARDS_AT_ONCE)
    await writeCheckpoints(client, tableName, {
      first,
      end: Math.min(shards, first + SHARDS_AT_ONCE),
    });
  await writeRebuild(client, tableName);
};

// As many as fit into an expression.
const SHARDS_AT_ONCE = 200;

// In few requests, where the projector would send one for each shard.
const writeCheckpoints = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  { first, end }: { readonly first: number; readonly end: number },
): Promise<void> => {
  const { name, value, names, values } = createPlaceholders();
  const checkpoint = { sequence: sequenceOf(COUNTER_NOW_MS), at: NOW_SECONDS };
  const assignments = Array.from({ length: end - first }, (_, at) => {
    const attribute = checkpointAttribute(shardIdOf(first + at));
    return `${name(attribute)} = ${value(encodeCheckpoint(checkpoint))}`;
  });
  await client.send(
    new UpdateCommand({
      ...{ TableName: tableName, Key: { [COUNTER.name]: DISTINCT_SESSIONS } },
      UpdateExpression: `SET ${assignments.join(', ')}`,
      ...{ ExpressionAttributeNames: names, ExpressionAttributeValues: values },
    }),
  );
};

const createWriter = (client: DynamoDBDocumentClient, tableName: string) => {
  const commitChange = createCommitChange(client, tableName);
  return async (shardId: string, tally: Tally, lastKnownCounter: Counter): Promise<Counter> => {
    const expectedCheckpoint = lastKnownCounter.checkpoints.get(shardId);
    const change = planChange(
      { counter: SITE, shardId, expectedCheckpoint, lastKnownCounter },
      tally,
    );
    const answer = change && (await commitChange(change));
    if (answer?.status === 'committed') return answer.counter;
    throw new Error(`The batch of ${shardId} was not written`);
  };
};

/** An event with one new session, in the first of those shards. */
export const oneInsert = (position: number): StreamEvent => ({
  shardId: shardIdOf(0),
  Records: [
    {
      eventName: 'INSERT',
      dynamodb: {
        // DynamoDB's times are whole seconds.
        ApproximateCreationDateTime: NOW_SECONDS - 1,
        SequenceNumber: sequenceText(COUNTER_NOW_MS + position),
        Keys: { session_hash: { S: 'session' } },
        NewImage: { first_accessed: { S: new Date(COUNTER_NOW_MS).toISOString() } },
      },
    },
  ],
});

/** The new sessions, and the removed rows, of each day of a history that ends at `nowMs`. */
export const historyUntil = (nowMs: number): [UtcDay, number][] =>
  Array.from({ length: HISTORY_DAYS }, (_, age) => [
    utcDay(nowMs - age * DAY_MS),
    SESSIONS_A_DAY + age,
  ]);

const tallyOfDay = (age: number): Tally => {
  const nowMs = COUNTER_NOW_MS - age * DAY_MS;
  const history = historyUntil(nowMs);
  return tallyAt(nowMs, age === OLDEST ? history : history.slice(0, 1));
};

const tallyAt = (writtenMs: number, days: readonly [UtcDay, number][]): Tally => {
  const sum = days.reduce((total, [, number]) => total + number, 0);
  return {
    ...{ started: sum, removed: sum, startedByDay: new Map(days), removedByDay: new Map(days) },
    ...{ afterCutoff: { started: 0, removed: 0 }, duplicates: 0, late: 0 },
    ...{ writtenAt: writtenMs / 1000, lastSequence: sequenceOf(writtenMs) },
  };
};

const writeRebuild = async (client: DynamoDBDocumentClient, tableName: string): Promise<void> => {
  const store = createRebuildStore(client, tableName);
  const cutoff = new Date(COUNTER_NOW_MS).toISOString();
  const days = { startedByDay: new Map(), removedByDay: new Map() };
  await store.beginRebuild(cutoff, undefined);
  await store.applyCorrection({ cutoff, total: 1_000, removed: 1_000, ...days }, cutoff);
};

/** The ID of a shard, as long as on AWS. */
export const shardIdOf = (shard: number): string =>
  `shardId-${String(COUNTER_NOW_MS + shard).padStart(20, '0')}-${shard.toString(16).padStart(8, '0')}`;

/** A sequence number with 28 digits, as in AWS's example of an event. */
export const sequenceText = (position: number): string =>
  (4_421_584_500_000_000_000_000_000_000n + BigInt(position)).toString();

const sequenceOf = (position: number) => {
  const sequence = parseSequenceNumber(sequenceText(position));
  if (sequence) return sequence;
  throw new RangeError(`${position} must be a position in a shard`);
};

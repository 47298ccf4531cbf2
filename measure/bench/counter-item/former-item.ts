import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  COUNTER_NOW_MS,
  checkpointsPerShard,
  historyUntil,
  sequenceText,
  shardIdOf,
} from '../../cost/full-counter.ts';

const LIFETIME_SECONDS = 30 * 3_600;
const NAME = { counter: 'distinct_sessions' };
const NOW = new Date(COUNTER_NOW_MS).toISOString();

/**
 * Writes the largest counter item of a busy site as it was stored before: every day is a separate attribute,
 * checkpoints are maps under the whole ID of their shard, and are kept for 30 hours.
 */
export const writeFormerItem = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  openShards: number,
): Promise<void> => {
  const days = historyUntil(COUNTER_NOW_MS);
  const total = days.reduce((sum, [, number]) => sum + number, 1_000);
  const shards = openShards * checkpointsPerShard(LIFETIME_SECONDS);
  const Item = {
    ...{ ...NAME, total, removed: total, updated_at: NOW, last_cutoff: NOW },
    rebuilt: { cutoff: NOW, at: NOW, total: 1_000, removed: 1_000 },
    ...Object.fromEntries(days.map(([day, number]) => [`day#${day}`, number])),
    ...Object.fromEntries(days.map(([day, number]) => [`removed#${day}`, number])),
    ...Object.fromEntries(Array.from({ length: shards }, (_, shard) => formerCheckpoint(shard, 0))),
  };
  await client.send(new PutCommand({ TableName, Item }));
};

/** Moves the checkpoint of one shard in that item, and adds to its total. */
export const writeFormerBatch = async (
  client: DynamoDBDocumentClient,
  TableName: string,
): Promise<void> => {
  const [name, checkpoint] = formerCheckpoint(0, 1);
  await client.send(
    new UpdateCommand({
      ...{ TableName, Key: NAME, UpdateExpression: 'ADD #total :one SET #checkpoint = :next' },
      ExpressionAttributeNames: { '#total': 'total', '#checkpoint': name },
      ExpressionAttributeValues: { ':one': 1, ':next': checkpoint },
    }),
  );
};

const formerCheckpoint = (shard: number, position: number) =>
  [
    `checkpoint#${shardIdOf(shard)}`,
    { sequence: sequenceText(position), at: COUNTER_NOW_MS / 1000 },
  ] as const;

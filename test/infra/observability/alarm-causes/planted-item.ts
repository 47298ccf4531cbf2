import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { localConnection } from '../../../../src/local/database.ts';
import { LIMITS } from '../../../../src/runtime/aws-client.ts';
import {
  checkpointAttribute,
  encodeCheckpoint,
} from '../../../../src/tables/checkpoint-attribute.ts';
import { createDocumentClient } from '../../../../src/tables/document-client.ts';
import { COUNTER, DISTINCT_SESSIONS } from '../../../../src/tables/schema.ts';
import { checkpoint } from '../../../support/counter-changes.ts';
import type { ObservedCounter } from '../../../support/observed-counter.ts';

const Key = { [COUNTER.name]: DISTINCT_SESSIONS };

const open = ({ endpoint, tables }: ObservedCounter) => ({
  client: createDocumentClient(localConnection(endpoint), LIMITS.tablesOutsideLambda),
  TableName: tables.COUNTS_TABLE,
});

/** Adds sessions to the total of the site that no row has. */
export const addToTotal = async (counter: ObservedCounter, sessions: number): Promise<void> => {
  const { client, TableName } = open(counter);
  await client.send(
    new UpdateCommand({
      ...{ TableName, Key },
      UpdateExpression: 'ADD #total :sessions',
      ExpressionAttributeNames: { '#total': COUNTER.total },
      ExpressionAttributeValues: { ':sessions': sessions },
    }),
  );
};

/** Adds checkpoints of so many shards to the item of the site. */
export const addCheckpoints = async (counter: ObservedCounter, shards: number): Promise<void> => {
  const { client, TableName } = open(counter);
  const { Item } = await client.send(new GetCommand({ TableName, Key }));
  const stored = encodeCheckpoint(checkpoint('1'.repeat(21), Math.floor(Date.now() / 1_000)));
  const checkpoints = Array.from({ length: shards }, (_, shard) => [shardAttribute(shard), stored]);
  await client.send(
    new PutCommand({ TableName, Item: { ...Item, ...Object.fromEntries(checkpoints) } }),
  );
};

/** Removes them again. */
export const removeCheckpoints = async (
  counter: ObservedCounter,
  shards: number,
): Promise<void> => {
  const { client, TableName } = open(counter);
  const { Item = {} } = await client.send(new GetCommand({ TableName, Key }));
  const added = new Set(Array.from({ length: shards }, (_, shard) => shardAttribute(shard)));
  const kept = Object.entries(Item).filter(([name]) => !added.has(name));
  await client.send(new PutCommand({ TableName, Item: Object.fromEntries(kept) }));
};

// With the ID of a shard that AWS creates.
const shardAttribute = (shard: number): string =>
  checkpointAttribute(`shardId-${String(1_700_000_000_000 + shard).padStart(20, '0')}-0a1b2c3d`);

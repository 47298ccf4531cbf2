import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { activeWindow } from '../../../src/domain/active-window.ts';
import { touchSession } from '../../../src/domain/session-touch.ts';
import { type Database, openDatabase } from '../../../src/local/database.ts';
import { ACTIVE_SESSIONS_INDEX, COUNTER, DISTINCT_SESSIONS } from '../../../src/tables/schema.ts';
import { upsertSession } from '../../../src/tables/upsert-session.ts';
import type { Bench } from '../part/part.ts';
import { ACTIVE_SHARDS, type Side, type Slice } from './slice.ts';

const RULES = { activeShards: ACTIVE_SHARDS, retentionDays: 395, touchIntervalSeconds: 0 };

/** The same writes and reads of DynamoDB, without anything around them. */
export const openBareSdk = async ({ endpoint, plan }: Bench): Promise<Side> => {
  const tables = { SESSIONS_TABLE: 'bare-sessions', COUNTS_TABLE: 'bare-counts' };
  const { client } = await openDatabase(endpoint, tables);
  let visits = 0;
  const upsert = () => {
    visits += 1;
    const touch = touchSession(`session ${visits % plan.throughput.browsers}`, Date.now(), RULES);
    return upsertSession(client, tables.SESSIONS_TABLE, touch);
  };
  const read = () => readBare(client, tables);
  return {
    visit: (connections) => repeat(upsert, connections),
    read: (connections) => repeat(read, connections),
  };
};

const readBare = (
  client: Database['client'],
  tables: { readonly SESSIONS_TABLE: string; readonly COUNTS_TABLE: string },
) => {
  const { name, partitionKey, sortKey } = ACTIVE_SESSIONS_INDEX;
  const { from, until } = activeWindow(Date.now(), 60);
  const counter = { TableName: tables.COUNTS_TABLE, Key: { [COUNTER.name]: DISTINCT_SESSIONS } };
  const active = {
    ...{ TableName: tables.SESSIONS_TABLE, IndexName: name, Select: 'COUNT' as const },
    KeyConditionExpression: `${partitionKey} = :shard AND ${sortKey} BETWEEN :from AND :until`,
    ExpressionAttributeValues: { ':shard': 0, ':from': from, ':until': until },
  };
  return Promise.all([client.send(new GetCommand(counter)), client.send(new QueryCommand(active))]);
};

const repeat =
  (work: () => Promise<unknown>, atOnce: number): Slice =>
  async (seconds) => {
    const startedAt = performance.now();
    const endsAt = startedAt + seconds * 1_000;
    let done = 0;
    const worker = async (): Promise<void> => {
      for (; performance.now() < endsAt; done += 1) await work();
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return done / ((performance.now() - startedAt) / 1_000);
  };

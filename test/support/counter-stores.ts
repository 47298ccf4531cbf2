import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createFakeDatabase } from '../../proof/exploration/dynamodb/fake-database.ts';
import { createMemoryCounter } from '../../src/domain/memory-counter.ts';
import { ensureTable } from '../../src/local/create-tables.ts';
import { createCommitChange } from '../../src/tables/commit-counter-change.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { createRebuildStore } from '../../src/tables/rebuild-counter.ts';
import { COUNTS_TABLE } from '../../src/tables/schema.ts';
import { createUndoStore } from '../../src/tables/undo-counter.ts';
import type { TestDatabase } from './embedded-database.ts';
import type { CounterUnderTest } from './stream-story.ts';

/** Every counter store, including one on the explorer's DynamoDB, each with a factory for an empty one. */
export const counterStores = (database: () => TestDatabase) => [
  { name: 'in memory', create: async (): Promise<CounterUnderTest> => createMemoryCounter() },
  { name: 'in DynamoDB', create: () => createTable(database()) },
  {
    name: "in the explorer's DynamoDB",
    create: async (): Promise<CounterUnderTest> => openStore(createFakeDatabase(), 'counts'),
  },
];

const createTable = async ({ client }: TestDatabase): Promise<CounterUnderTest> => {
  const table = `counts-${randomUUID()}`;
  await ensureTable(client, table, COUNTS_TABLE);
  return openStore(client, table);
};

const openStore = (client: DynamoDBDocumentClient, table: string): CounterUnderTest => ({
  ...createRebuildStore(client, table),
  ...createUndoStore(client, table),
  commitChange: createCommitChange(client, table),
  read: () => readCounter(client, table),
});

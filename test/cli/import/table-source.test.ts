import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { OLD_ROWS } from '../../../src/cli/import/old-row.ts';
import type { RowChunk, RowSource } from '../../../src/cli/import/row-source.ts';
import { identifyTable, openTable, SESSION_KEYS } from '../../../src/cli/import/table-source.ts';
import { ensureTable } from '../../../src/local/create-tables.ts';
import { useDatabase } from '../../support/embedded-database.ts';

const database = useDatabase();
// The limit of a BatchWriteItem request.
const BATCH = 25;
const openOlder = async (
  name: string,
  rows: readonly Record<string, unknown>[],
): Promise<RowSource> => {
  const { client } = database();
  await ensureTable(client, name, { partitionKey: 'session_hash' });
  for (let from = 0; from < rows.length; from += BATCH) {
    const requests = rows.slice(from, from + BATCH).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [name]: requests } }));
  }
  return openTable(client, name, OLD_ROWS);
};
const chunksOf = async (source: RowSource, position: unknown): Promise<RowChunk[]> => {
  const chunks: RowChunk[] = [];
  for await (const chunk of source.read(position)) chunks.push(chunk);
  return chunks;
};

it('reads a table to its end, and nothing after its end', async () => {
  const rows = Array.from({ length: 700 }, (_, number) => ({ session_hash: `${number}` }));
  const source = await openOlder('older-long', rows);
  const chunks = await chunksOf(source, undefined);
  expect(chunks.map(({ rows }) => rows.length)).toEqual([500, 200]);
  const [first, last] = chunks.map(({ position }) => position);
  expect(await chunksOf(source, first)).toEqual(chunks.slice(1));
  expect(await chunksOf(source, last)).toEqual([]);
});

it('accepts numbers that JavaScript cannot represent', async () => {
  const visits = 12_345_678_901_234_567_890n;
  const source = await openOlder('older-numbers', [
    { session_hash: 'a', visits, last_accessed: visits },
  ]);
  const [chunk] = await chunksOf(source, undefined);
  expect(chunk?.rows).toMatchObject([{ raw: { session_hash: 'a', last_accessed: undefined } }]);
});

it('refuses a table whose key is a number', async () => {
  await database().client.send(
    new CreateTableCommand({
      TableName: 'numbered',
      KeySchema: [{ AttributeName: 'session_hash', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'session_hash', AttributeType: 'N' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const identity = identifyTable(database().client, 'numbered', SESSION_KEYS);
  await expect(identity).rejects.toThrow('must be of type S, but it is N');
});

it('two tables have different identities', async () => {
  const first = await openOlder('older-one', []);
  const second = await openOlder('older-two', []);
  expect(new Set([first.contents, second.contents]).size).toBe(2);
});

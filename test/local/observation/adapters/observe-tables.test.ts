import { BatchGetCommand, DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { touchSession } from '../../../../src/domain/session-touch.ts';
import { localConnection } from '../../../../src/local/database.ts';
import { observeTables } from '../../../../src/local/observation/adapters/observe-tables.ts';
import { createDocumentClient } from '../../../../src/tables/document-client.ts';
import { upsertSession } from '../../../../src/tables/upsert-session.ts';
import { DEFAULT_RULES } from '../../../support/default-rules.ts';
import { useDatabase } from '../../../support/embedded-database.ts';
import { type FailingDynamoDB, startFailingDynamoDB } from '../../../support/failing-dynamodb.ts';
import { keptValues } from '../../../support/kept-values.ts';

const database = useDatabase();
let dynamodb: FailingDynamoDB;
beforeAll(async () => {
  dynamodb = await startFailingDynamoDB(() => database().endpoint);
});
beforeEach(() => {
  dynamodb.trouble = 'nothing';
});

const open = () => {
  const { put, values } = keptValues();
  const client = createDocumentClient(localConnection(dynamodb.endpoint));
  observeTables(client, put);
  return { client, values, ...database().tables };
};

const item = (counter: string, bytes = 0) => ({ counter, text: 'x'.repeat(bytes) });

it('measures the units of writes, of the table and of its index', async () => {
  const { client, values, SESSIONS_TABLE } = open();
  await upsertSession(
    client,
    SESSIONS_TABLE,
    touchSession('one', Date.now(), DEFAULT_RULES, 'site'),
  );
  const index = { TableName: SESSIONS_TABLE, GlobalSecondaryIndexName: 'active-sessions' };
  expect(values()).toEqual([
    ['AWS/DynamoDB', 'ConsumedWriteCapacityUnits', { TableName: SESSIONS_TABLE }, 1, 'Count'],
    ['AWS/DynamoDB', 'ConsumedWriteCapacityUnits', index, 1, 'Count'],
  ]);
});

it('measures the units of reads and of deletions, as DynamoDB reports them', async () => {
  const { client, values, COUNTS_TABLE: TableName } = open();
  await client.send(new PutCommand({ TableName, Item: item('units', 2_500) }));
  const Key = { counter: 'units' };
  await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  await client.send(new GetCommand({ TableName, Key }));
  await client.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [Key] } } }));
  await client.send(new DeleteCommand({ TableName, Key }));
  expect(values().map(([, name, , value]) => [name, value])).toEqual([
    ['ConsumedWriteCapacityUnits', 3],
    ['ConsumedReadCapacityUnits', 1],
    ['ConsumedReadCapacityUnits', 0.5],
    ['ConsumedReadCapacityUnits', 0.5],
    ['ConsumedWriteCapacityUnits', 3],
  ]);
});

it('measures each attempt that is throttled, for each table of the request', async () => {
  const { client, values, COUNTS_TABLE: TableName } = open();
  dynamodb.trouble = 'throttling';
  await expect(client.send(new PutCommand({ TableName, Item: item('a') }))).rejects.toThrow();
  const RequestItems = { [TableName]: { Keys: [{ counter: 'a' }] } };
  await expect(client.send(new BatchGetCommand({ RequestItems }))).rejects.toThrow();
  const throttled = (Operation: string) => [
    ...['AWS/DynamoDB', 'ThrottledRequests', { TableName, Operation }, 1, 'Count'],
  ];
  expect(values()).toEqual([
    ...Array(3).fill(throttled('PutItem')),
    ...Array(3).fill(throttled('BatchGetItem')),
  ]);
});

it('measures nothing for a request that fails otherwise', async () => {
  const { client, values, COUNTS_TABLE: TableName } = open();
  dynamodb.trouble = 'denied';
  await expect(client.send(new PutCommand({ TableName, Item: item('a') }))).rejects.toThrow();
  expect(values()).toEqual([]);
});

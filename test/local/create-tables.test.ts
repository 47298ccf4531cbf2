import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { ensureTable } from '../../src/local/create-tables.ts';
import { SESSIONS_TABLE } from '../../src/tables/schema.ts';
import { useDatabase } from '../support/embedded-database.ts';

const database = useDatabase();

const describeTable = async (TableName: string) => {
  const { client } = database();
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  return { table: Table, timeToLive: TimeToLiveDescription };
};

it('the sessions table has its key, stream, index and time to live', async () => {
  const { table, timeToLive } = await describeTable(database().tables.SESSIONS_TABLE);
  expect(table).toMatchObject({
    KeySchema: [{ AttributeName: 'session_hash', KeyType: 'HASH' }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    GlobalSecondaryIndexes: [
      {
        IndexName: 'active-sessions',
        KeySchema: [
          { AttributeName: 'active_shard', KeyType: 'HASH' },
          { AttributeName: 'last_accessed', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  expect(table?.AttributeDefinitions).toEqual(
    expect.arrayContaining([
      { AttributeName: 'session_hash', AttributeType: 'S' },
      { AttributeName: 'active_shard', AttributeType: 'N' },
      { AttributeName: 'last_accessed', AttributeType: 'S' },
    ]),
  );
  expect(timeToLive).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires_at' });
});

it('the counts table has its key, but no stream, index or time to live', async () => {
  const { table, timeToLive } = await describeTable(database().tables.COUNTS_TABLE);
  expect(table?.KeySchema).toEqual([{ AttributeName: 'counter', KeyType: 'HASH' }]);
  expect(table?.StreamSpecification?.StreamEnabled ?? false).toBe(false);
  expect(table?.GlobalSecondaryIndexes ?? []).toEqual([]);
  expect(timeToLive?.TimeToLiveStatus).toBe('DISABLED');
});

// The slower of two concurrent starts gets the error that it is already enabled.
const alreadyEnabled = Object.assign(new Error('TimeToLive is already enabled'), {
  name: 'ValidationException',
});

const ensureLate = (statusAfterwards: string) => {
  const statuses = ['DISABLED', statusAfterwards];
  const send = async (command: object) => {
    if (command instanceof UpdateTimeToLiveCommand) throw alreadyEnabled;
    if (!(command instanceof DescribeTimeToLiveCommand))
      return { Table: { TableStatus: 'ACTIVE' } };
    return { TimeToLiveDescription: { TimeToLiveStatus: statuses.shift() } };
  };
  return ensureTable({ send } as unknown as DynamoDBClient, 'sessions', SESSIONS_TABLE);
};

it('a time to live that another process has just enabled is accepted', async () => {
  await expect(ensureLate('ENABLED')).resolves.toBeUndefined();
});

it('a time to live that cannot be enabled stops the start', async () => {
  await expect(ensureLate('DISABLED')).rejects.toBe(alreadyEnabled);
});

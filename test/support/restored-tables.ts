import { DatabaseSync } from 'node:sqlite';
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { createTableInput } from '../../src/local/create-tables.ts';
import { localConnection, openDatabase, type TableNames } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { COUNTS_TABLE, SESSIONS_TABLE, type TableSchema } from '../../src/tables/schema.ts';
import type { TestDatabase } from './embedded-database.ts';

/** Copies the emulator's database, as of this moment, while the emulator may be running. */
export const copyDatabase = (file: string, copy: string): void => {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.prepare('VACUUM INTO ?').run(copy);
  database.close();
};

/** The table in a copied database that is to be restored. */
export interface Backup {
  readonly copy: string;
  readonly table: string;
}

/**
 * Creates tables from backups, as DynamoDB restores them: with keys, index and rows, but without stream and time to
 * live.
 */
export const restoreTables = async (
  endpoint: string,
  tables: TableNames,
  backups: { readonly sessions: Backup; readonly counts: Backup },
): Promise<void> => {
  await createWithoutStream(endpoint, tables);
  const client = new DynamoDBClient(localConnection(endpoint));
  await putAll(client, tables.SESSIONS_TABLE, backups.sessions);
  await putAll(client, tables.COUNTS_TABLE, backups.counts);
};

/** Creates both tables without stream and time to live. */
export const createWithoutStream = async (
  endpoint: string,
  { SESSIONS_TABLE: sessions, COUNTS_TABLE: counts }: TableNames,
): Promise<void> => {
  const client = new DynamoDBClient(localConnection(endpoint));
  const create = (name: string, { stream, ...schema }: TableSchema) =>
    client.send(new CreateTableCommand(createTableInput(name, schema)));
  await create(sessions, SESSIONS_TABLE);
  await create(counts, COUNTS_TABLE);
};

const putAll = async (client: DynamoDBClient, to: string, { copy, table }: Backup) => {
  const { endpoint, stop } = await startEmbeddedDynamoDB(copy);
  const source = new DynamoDBClient(localConnection(endpoint));
  for await (const { Items = [] } of paginateScan({ client: source }, { TableName: table })) {
    for (const Item of Items) await client.send(new PutItemCommand({ TableName: to, Item }));
  }
  await stop();
};

/** Switches the stream on, and then the time to live. */
export const switchOn = async (endpoint: string, tables: TableNames): Promise<TestDatabase> => {
  const client = new DynamoDBClient(localConnection(endpoint));
  const TableName = tables.SESSIONS_TABLE;
  const StreamSpecification = {
    StreamEnabled: true,
    StreamViewType: SESSIONS_TABLE.stream,
  };
  await client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
  const TimeToLiveSpecification = { Enabled: true, AttributeName: SESSIONS_TABLE.timeToLive };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  return { ...(await openDatabase(endpoint, tables)), endpoint, tables };
};

import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createClient, LIMITS } from '../runtime/aws-client.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { findStream } from '../tables/find-stream.ts';
import { COUNTS_TABLE, SESSIONS_TABLE } from '../tables/schema.ts';
import { ensureTable } from './create-tables.ts';
import { StartError } from './start-error.ts';

/** The settings that name the tables. */
export interface TableNames {
  readonly SESSIONS_TABLE: string;
  readonly COUNTS_TABLE: string;
}

/** A DynamoDB that has both tables. */
export interface Database {
  readonly client: DynamoDBDocumentClient;
  readonly streams: DynamoDBStreamsClient;
  readonly streamArn: string;
}

/**
 * Connects to the DynamoDB at `endpoint` and creates the tables that do not exist. Throws a
 * StartError with the reason.
 */
export const openDatabase = async (endpoint: string, tables: TableNames): Promise<Database> => {
  try {
    return await openTables(endpoint, tables);
  } catch (cause) {
    const { message } = cause as Error;
    throw new StartError(`Cannot create the tables at ${endpoint}: ${message}`, { cause });
  }
};

const openTables = async (endpoint: string, tables: TableNames): Promise<Database> => {
  const config = localConnection(endpoint);
  const client = createDocumentClient(config, LIMITS.tablesOutsideLambda);
  await ensureTable(client, tables.SESSIONS_TABLE, SESSIONS_TABLE);
  await ensureTable(client, tables.COUNTS_TABLE, COUNTS_TABLE);
  const streamArn = await findStream(client, tables.SESSIONS_TABLE);
  const streams = createClient(DynamoDBStreamsClient, LIMITS.streams, config);
  return { client, streams, streamArn };
};

/** The SDK's configuration for an emulator. Any credentials work, but the SDK requires some. */
export const localConnection = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

import {
  CreateTableCommand,
  type CreateTableInput,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { IndexSchema, TableSchema } from '../tables/schema.ts';

/** Creates the table `name` with this schema unless it exists. Throws what the SDK throws. */
export const ensureTable = async (
  client: DynamoDBClient,
  name: string,
  schema: TableSchema,
): Promise<void> => {
  await client.send(new CreateTableCommand(createTableInput(name, schema))).catch(ignoreExisting);
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName: name });
  if (schema.timeToLive) await ensureTimeToLive(client, name, schema.timeToLive);
};

/** The CreateTable request for this schema. */
export const createTableInput = (name: string, schema: TableSchema): CreateTableInput => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: keySchema(schema.partitionKey),
  AttributeDefinitions: [
    { AttributeName: schema.partitionKey, AttributeType: 'S' },
    ...(schema.index
      ? ([
          { AttributeName: schema.index.partitionKey, AttributeType: 'N' },
          { AttributeName: schema.index.sortKey, AttributeType: 'S' },
        ] as const)
      : []),
  ],
  ...(schema.index && { GlobalSecondaryIndexes: [indexInput(schema.index)] }),
  ...(schema.stream && {
    StreamSpecification: { StreamEnabled: true, StreamViewType: schema.stream },
  }),
});

const indexInput = ({ name, partitionKey, sortKey }: IndexSchema) => ({
  IndexName: name,
  KeySchema: keySchema(partitionKey, sortKey),
  Projection: { ProjectionType: 'KEYS_ONLY' as const },
});

const keySchema = (partitionKey: string, sortKey?: string): KeySchemaElement[] => [
  { AttributeName: partitionKey, KeyType: 'HASH' },
  ...(sortKey ? ([{ AttributeName: sortKey, KeyType: 'RANGE' }] as const) : []),
];

const ignoreExisting = (error: unknown): void => {
  if (!(error instanceof ResourceInUseException)) throw error;
};

// Enabling it twice is an error, which also hits the slower of two concurrent starts and a retry
// after a lost response. All that matters is that it is enabled.
const ensureTimeToLive = async (
  client: DynamoDBClient,
  name: string,
  attribute: string,
): Promise<void> => {
  if (await hasTimeToLive(client, name)) return;
  const TimeToLiveSpecification = { Enabled: true, AttributeName: attribute };
  const command = new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification });
  await client.send(command).catch(async (error) => {
    if (!(await hasTimeToLive(client, name))) throw error;
  });
};

const hasTimeToLive = async (client: DynamoDBClient, name: string): Promise<boolean> => {
  const { TimeToLiveDescription } = await client.send(
    new DescribeTimeToLiveCommand({ TableName: name }),
  );
  return TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED';
};

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

/** Makes the table `name` after `schema` unless it is there; throws what the SDK throws. */
export const ensureTable = async (
  client: DynamoDBClient,
  name: string,
  schema: TableSchema,
): Promise<void> => {
  await client.send(new CreateTableCommand(createTableInput(name, schema))).catch(passWhenThere);
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName: name });
  if (schema.timeToLive) await ensureTimeToLive(client, name, schema.timeToLive);
};

/** The request that makes a table of this schema. */
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

const passWhenThere = (error: unknown): void => {
  if (!(error instanceof ResourceInUseException)) throw error;
};

// To enable it twice is an error, also for the slower of two that start at once and for a retry
// whose first answer was lost; what counts is that it is on.
const ensureTimeToLive = async (
  client: DynamoDBClient,
  name: string,
  attribute: string,
): Promise<void> => {
  if (await hasTimeToLive(client, name)) return;
  const TimeToLiveSpecification = { Enabled: true, AttributeName: attribute };
  const enabling = new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification });
  await client.send(enabling).catch(async (error) => {
    if (!(await hasTimeToLive(client, name))) throw error;
  });
};

const hasTimeToLive = async (client: DynamoDBClient, name: string): Promise<boolean> => {
  const { TimeToLiveDescription } = await client.send(
    new DescribeTimeToLiveCommand({ TableName: name }),
  );
  return TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED';
};

import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The ARN of a table's stream. Throws when the table has none, and what the SDK throws. */
export const findStream = async (client: DynamoDBClient, tableName: string): Promise<string> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  if (Table?.LatestStreamArn) return Table.LatestStreamArn;
  throw new Error(`The table ${tableName} has no stream`);
};

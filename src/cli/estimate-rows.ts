import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { SESSION } from '../tables/schema.ts';
import { CommandError } from './command-error.ts';
import type { Target } from './target/target.ts';

/**
 * Roughly how many session rows a target has, if DynamoDB knows: it updates the number every six hours, which is good
 * enough for a progress bar. Throws a CommandError if the table is not a sessions table, and what the SDK throws.
 */
export const estimateRows = async ({
  client,
  sessionsTable,
}: Pick<Target, 'client' | 'sessionsTable'>): Promise<number | undefined> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: sessionsTable }));
  const keys = (Table?.KeySchema ?? []).map(({ AttributeName }) => AttributeName);
  if (keys.join() === SESSION.hash) return Table?.ItemCount || undefined;
  throw new CommandError(
    `${sessionsTable} is not a sessions table: its key must be ${SESSION.hash}, ` +
      `but it is ${keys.join(' and ')}`,
  );
};

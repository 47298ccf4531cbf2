import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Counter } from '../domain/counter.ts';
import { parseCounterItem } from './counter-item.ts';
import { COUNTER, DISTINCT_SESSIONS } from './schema.ts';

/**
 * The counter, by one GetItem, eventually consistent unless asked otherwise; the empty counter before the first visit.
 * Always one whole write's state, never a blend of two. Throws what the SDK throws.
 */
export const readCounter = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  consistency: 'eventual' | 'strong' = 'eventual',
): Promise<Counter> => {
  const key = { [COUNTER.name]: DISTINCT_SESSIONS };
  const ConsistentRead = consistency === 'strong';
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: key, ConsistentRead }),
  );
  return parseCounterItem(Item);
};

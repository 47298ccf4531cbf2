import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { ByCounter } from '../domain/by-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../domain/counter.ts';
import { SITE } from '../domain/counter-name.ts';
import { parseCounterItem } from './counter-item.ts';
import { COUNTER, counterOfKey } from './schema.ts';

/**
 * All counters that have an item, and the site's. Each is the state after a complete write, but not all of the
 * same moment. Scans the table, which holds one small item for each counter: for audits and the operator's
 * commands, never for a request. Throws what the SDK throws.
 */
export const scanCounters = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  consistency: 'eventual' | 'strong' = 'eventual',
): Promise<ByCounter<Counter>> => {
  const counters = new Map<string, Counter>([[SITE, EMPTY_COUNTER]]);
  const scan = { TableName: tableName, ConsistentRead: consistency === 'strong' };
  for await (const { Items = [] } of paginateScan({ client }, scan)) {
    for (const item of Items) {
      const counter = counterOfKey(item[COUNTER.name]);
      if (counter !== undefined) counters.set(counter, parseCounterItem(item));
    }
  }
  return counters;
};

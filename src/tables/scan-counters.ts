import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { ShownCounter } from '../domain/baseline.ts';
import type { ByCounter } from '../domain/by-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../domain/counter.ts';
import { SITE } from '../domain/counter-name.ts';
import { parseCounterItem } from './counter-item.ts';
import { COUNTER, counterOfKey } from './schema.ts';
import { parseShownCounter } from './shown-counter.ts';

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
  for await (const [name, item] of scanItems(client, tableName, consistency)) {
    counters.set(name, parseCounterItem(item));
  }
  return counters;
};

/**
 * The same counters with their baselines, one after the other in the order of the table, the site's last if it has
 * no item: by strongly consistent reads that keep one page in memory. Throws an UnreadableBaselineError, and as
 * `scanCounters` does.
 */
export async function* scanShownCounters(
  client: DynamoDBDocumentClient,
  tableName: string,
): AsyncGenerator<readonly [name: string, counter: ShownCounter]> {
  let hasSite = false;
  for await (const [name, item] of scanItems(client, tableName, 'strong')) {
    hasSite ||= name === SITE;
    yield [name, parseShownCounter(item)];
  }
  if (!hasSite) yield [SITE, EMPTY_COUNTER];
}

async function* scanItems(
  client: DynamoDBDocumentClient,
  tableName: string,
  consistency: 'eventual' | 'strong',
): AsyncGenerator<[name: string, item: Record<string, unknown>]> {
  const scan = { TableName: tableName, ConsistentRead: consistency === 'strong' };
  for await (const { Items = [] } of paginateScan({ client }, scan)) {
    for (const item of Items) {
      const name = counterOfKey(item[COUNTER.name]);
      if (name !== undefined) yield [name, item];
    }
  }
}

import { expect, it } from 'vitest';
import { readCounter, readSizedCounter } from '../../src/tables/read-counter.ts';
import { clientOf } from '../support/answering-dynamodb.ts';

const itemOf = (total: number) => ({
  counter: { S: 'distinct_sessions' },
  total: { N: `${total}` },
});
/** A DynamoDB whose replica is one visit behind. */
const lagging = () =>
  clientOf(({ ConsistentRead }) => ({ Item: itemOf(ConsistentRead === true ? 8 : 7) }));

it('is read with strong consistency on request, otherwise at half the price', async () => {
  const client = await lagging();
  expect(await readCounter(client, 'counts', 'strong')).toMatchObject({ total: 8 });
  expect(await readCounter(client, 'counts', 'eventual')).toMatchObject({ total: 7 });
  expect(await readCounter(client, 'counts')).toMatchObject({ total: 7 });
});

it.each([
  { units: 0.5, bytes: 4_096 },
  { units: 2.5, bytes: 20_480 },
])('has $bytes bytes when reading it costs $units units', async ({ units, bytes }) => {
  const ConsumedCapacity = { CapacityUnits: units };
  const client = await clientOf(({ ReturnConsumedCapacity }) => ({
    ...{ Item: itemOf(7) },
    ...(ReturnConsumedCapacity === 'TOTAL' && { ConsumedCapacity }),
  }));
  expect(await readSizedCounter(client, 'counts')).toMatchObject({ counter: { total: 7 }, bytes });
});

it('has size 0 when DynamoDB reports no units', async () => {
  const client = await clientOf(() => ({ Item: itemOf(7) }));
  expect(await readSizedCounter(client, 'counts')).toMatchObject({
    counter: { total: 7 },
    bytes: 0,
  });
});

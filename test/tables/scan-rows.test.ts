import { expect, it } from 'vitest';
import { scanRows } from '../../src/tables/scan-rows.ts';
import { clientOf } from '../support/answering-dynamodb.ts';

it('rows are read page by page: the next page only once the last one was taken', async () => {
  let pages = 0;
  const client = await clientOf(({ ConsistentRead, ProjectionExpression }) => {
    expect({ ConsistentRead, ProjectionExpression }).toEqual({
      ConsistentRead: undefined,
      ProjectionExpression: 'session_hash, counter_name, first_accessed, last_accessed',
    });
    pages += 1;
    const hash = { S: `hash ${pages}` };
    return { Items: [{ session_hash: hash }], LastEvaluatedKey: { session_hash: hash } };
  });
  const hashes: string[] = [];
  for await (const [row] of scanRows(client, 'sessions')) {
    hashes.push(row?.sessionHash ?? '');
    expect(pages).toBe(hashes.length);
    if (pages === 3) break;
  }
  expect(hashes).toEqual(['hash 1', 'hash 2', 'hash 3']);
  expect(pages).toBe(3);
});

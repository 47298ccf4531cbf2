import { expect, it } from 'vitest';
import { countsOf, runLocalCounter, untilCounts, visit } from '../support/local-counter.ts';
import { ownTables } from '../support/own-tables.ts';
import { useEmbeddedDynamoDB } from '../support/test-environment.ts';

// Another DynamoDB would keep the data.
useEmbeddedDynamoDB();

it('the local run loses everything if it is ephemeral', async () => {
  const env = ownTables();
  const first = await runLocalCounter({ env });
  await visit(first.url);
  await untilCounts(first.url, 1, 1);
  await first.stop();
  expect(await countsOf((await runLocalCounter({ env })).url)).toMatchObject({
    unique_session_count: 0,
  });
});

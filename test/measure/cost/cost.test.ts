import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ASSUMPTIONS } from '../../../measure/cost/assumptions.ts';
import { billTable } from '../../../measure/cost/bill-table.ts';
import { budgetTable } from '../../../measure/cost/budget-table.ts';
import { edgeTable } from '../../../measure/cost/edge-table.ts';
import { formatBill } from '../../../measure/cost/format-bill.ts';
import { measureUnits } from '../../../measure/cost/measure-units.ts';
import type { MeasuredUnits } from '../../../measure/cost/measured-units.ts';
import { memoryTable } from '../../../measure/cost/memory-table.ts';
import { windowTable } from '../../../measure/cost/window-table.ts';
import { startEmbeddedDynamoDB } from '../../../src/local/embedded-dynamodb.ts';

// Always the embedded DynamoDB, since not every local DynamoDB reports consumed capacity.
let units: MeasuredUnits;
let stop: () => Promise<void>;
beforeAll(async () => {
  const database = await startEmbeddedDynamoDB(undefined);
  stop = database.stop;
  const { openShards } = ASSUMPTIONS;
  units = await measureUnits(database.endpoint, { id: randomUUID(), openShards });
}, 60_000);
afterAll(() => stop());

it('measures the units and bytes of each step of a visit', () => {
  expect(units).toEqual({
    newVisit: 2, // the row and its entry in the index
    repeatVisit: 3, // the row, and an index entry that moves
    counterWrite: 2, // an item of 1 to 2 kB
    countsRead: 1, // the item, and the one empty partition, at half a unit each
    counterRead: 0.5, // eventually consistent, up to 4 kB
    countsReadPerActive: 0.01025, // 97 to a unit
    auditPerRow: 0.034,
    rowBytes: 139,
    indexEntryBytes: 84,
    lineBytes: { visit: 246, batch: 210, report: 287, audit: 276 },
    page: {
      newVisit: 2,
      countsRead: 1,
      counterRead: 0.5,
      countsReadPerActive: 0.0125, // 80 to a unit, as the partition of a page has a longer key
      auditPerRow: 0.0485, // the name in the row
      rowBytes: 199,
      indexEntryBytes: 102,
      lineBytes: { visit: 0, batch: 0 }, // sums over all counters
    },
  });
});

it('prints the same bill in another run', () => {
  const run = spawnSync(process.execPath, ['measure/cost/main.ts'], { encoding: 'utf8' });
  expect(run).toMatchObject({ status: 0, stdout: `${formatBill(units, ASSUMPTIONS)}\n` });
});

it.each([
  { name: 'bill', document: 'README.md', marker: 'cost', table: billTable },
  {
    name: 'batching windows',
    document: 'docs/deploying.md',
    marker: 'windows',
    table: windowTable,
  },
  {
    name: 'sizes of memory',
    document: 'docs/performance.md',
    marker: 'memory',
    table: memoryTable,
  },
  { name: 'edge', document: 'docs/edge.md', marker: 'edge-cost', table: edgeTable },
  { name: 'read budgets', document: 'docs/deploying.md', marker: 'budgets', table: budgetTable },
])('matches the $name in $document; --update writes them', async ({ document, marker, table }) => {
  const text = readFileSync(document, 'utf8');
  const section = new RegExp(`(?<=<!-- ${marker} -->\\n).*(?=<!-- /${marker} -->)`, 's');
  expect(text).toMatch(section);
  const expected = text.replace(section, () => `${table(units, ASSUMPTIONS)}\n`);
  await expect(expected).toMatchFileSnapshot(`../../../${document}`);
});

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { inParallel } from '../../src/runtime/in-parallel.ts';
import { captureOutput } from '../support/captured-output.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { readMetricLines } from '../support/metric-lines.ts';
import { openCounters, requestFor, rowsOf } from '../support/several-counters.ts';

const useFile = useDatabase();

const NAMES = 1_000;
const AT_ONCE = 50;
const MAX_COUNTERS = 100;

// Until the limit is reached, both containers get each name at about the same time; then one of them.
const VISITS = Array.from({ length: NAMES }, (_, number) => ({ name: `blog/${number}`, number }))
  .flatMap((visit) => (visit.number < 2 * MAX_COUNTERS ? [visit, visit] : [visit]))
  .map(({ name }, place) => ({ name, container: place % 2 }));

it(`${NAMES} invented names, ${AT_ONCE} at once and in two containers, become ${MAX_COUNTERS} counters`, async () => {
  const { database, settings } = await openCounters(useFile(), {
    ...{ MAX_COUNTERS: String(MAX_COUNTERS), COUNTER_NAME: 'mine' },
  });
  const { client, tables } = database;
  const containers = [1, 2].map(() => createIngestHandler(settings, client));
  const output = captureOutput();
  const answers = await inParallel(VISITS, AT_ONCE, async ({ name, container }) => {
    const ingest = containers[container] ?? expect.fail();
    return { name, body: (await ingest(requestFor(name))).body };
  });
  expect(new Set(answers.map(({ name }) => name)).size).toBe(NAMES);

  const counted = answers.filter(({ body }) => body === '{"counted":true}');
  const refused = '{"counted":false,"reason":"too-many-counters"}';
  expect(answers.filter(({ body }) => body === refused)).toHaveLength(
    VISITS.length - counted.length,
  );
  const admitted = new Set(counted.map(({ name }) => name));
  expect(admitted.size).toBe(MAX_COUNTERS);

  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.COUNTS_TABLE }));
  const keys = Items.map(({ counter }) => counter);
  expect(keys.sort()).toEqual([...[...admitted].map((name) => `name/${name}`), 'names'].sort());
  expect(Items.find(({ counter }) => counter === 'names')).toEqual({
    ...{ counter: 'names', admitted: MAX_COUNTERS },
  });
  const rows = await rowsOf(database);
  expect(rows.map(({ counter_name }) => counter_name).sort()).toEqual([...admitted].sort());

  const sums = { Visits: 0, Counted: 0, Refused: 0 };
  for (const { metrics } of readMetricLines(output())) {
    for (const [name, value] of Object.entries(metrics)) sums[name as keyof typeof sums] += value;
  }
  expect(sums).toEqual({
    ...{ Visits: VISITS.length, Counted: counted.length },
    Refused: VISITS.length - counted.length,
  });
}, 180_000);

import { expect, it } from 'vitest';
import { createReporterHandler } from '../../src/reporter/reporter-handler.ts';
import { captureOutput } from '../support/captured-output.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { readMetricLines } from '../support/metric-lines.ts';
import { project, untilCounted, visitAt } from '../support/projected-database.ts';

const database = useDatabase();
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

it('emits the distinct sessions and those that were active in the window', async () => {
  const { client, tables } = database();
  project(database());
  await visitAt(database(), minutesAgo(90), ['a', 'b']);
  await visitAt(database(), minutesAgo(20), ['c', 'd', 'e']);
  await untilCounted(database(), { total: 5, removed: 0 });
  const output = captureOutput();
  const settings = { ...tables, COUNTER_NAME: 'my-page' };
  await createReporterHandler(settings, client)();
  await createReporterHandler({ ...settings, ACTIVE_WINDOW_MINUTES: '120' }, client)();
  expect(readMetricLines(output())).toMatchObject([
    { dimensions: { service: 'my-page' }, metrics: { DistinctSessions: 5, ActiveSessions: 3 } },
    { dimensions: { service: 'my-page' }, metrics: { DistinctSessions: 5, ActiveSessions: 5 } },
  ]);
});

it('throws when the tables cannot be read, so that the heartbeat stops', async () => {
  const settings = { SESSIONS_TABLE: 'away', COUNTS_TABLE: 'gone', COUNTER_NAME: 'my-page' };
  const output = captureOutput();
  await expect(createReporterHandler(settings, database().client)()).rejects.toThrow();
  expect(readMetricLines(output())).toEqual([]);
});

it('is not made with a name that no metric can have', () => {
  const settings = { ...database().tables, COUNTER_NAME: 'my page' };
  expect(() => createReporterHandler(settings, database().client)).toThrow('COUNTER_NAME must be');
});

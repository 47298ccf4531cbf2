import { expect, it } from 'vitest';
import { REFUSED_AS_RATE } from '../../../infra/observability/rate-limited.ts';
import { createIngestHandler } from '../../../src/ingest/ingest-handler.ts';
import { httpApiEvent } from '../../support/api-events.ts';
import { browser } from '../../support/browsers.ts';
import { captureOutput } from '../../support/captured-output.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import { synthesize } from '../synthesize.ts';

const database = useDatabase();

interface Filter {
  readonly LogGroupName: string;
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly Record<string, unknown>[];
}

const filtersOf = (props: Parameters<typeof synthesize>[0]): Record<string, unknown>[] =>
  Object.values(synthesize(props).ofType('AWS::Logs::MetricFilter'))
    .map(({ Properties }) => Properties as unknown as Filter)
    .filter(({ MetricTransformations: [only] }) => only?.MetricName === 'RateLimited')
    .map(({ LogGroupName, FilterPattern, MetricTransformations }) => ({
      ...{ log: LogGroupName, pattern: FilterPattern, into: MetricTransformations },
    }));

const into = (MetricValue: string) => [
  { MetricNamespace: 'SessionCounter/blog', MetricName: 'RateLimited', MetricValue },
];
const API = { log: 'Api/AccessLog', pattern: '{ $.status = "429" }', into: into('1') };
const refusedIn = (log: string) => ({
  ...{ log, pattern: '{ $.reason = "rate" }', into: into('$.Refused') },
});

it('counts throttled requests and visits refused as rate in one metric', () => {
  const filters = filtersOf({});
  expect(filters).toHaveLength(2);
  expect(filters).toEqual(expect.arrayContaining([API, refusedIn('Functions/ingest/Log')]));
});

it('also counts those of the legacy route, if there is one', () => {
  const filters = filtersOf({ legacyRoute: true });
  expect(filters).toHaveLength(3);
  expect(filters).toContainEqual(refusedIn('Functions/legacy/Log'));
});

it('finds the number of refused visits in the line that ingest writes', async () => {
  const { client, tables } = database();
  const settings = { HASH_KEY: 'k'.repeat(32), NEW_SESSIONS_PER_HOUR: '1', COUNTER_NAME: 'blog' };
  const ingest = createIngestHandler({ ...tables, ...settings }, client);
  await ingest(httpApiEvent());
  const output = captureOutput();
  await ingest(httpApiEvent({ userAgent: browser(2) }));
  const lines = output().trim().split('\n');
  const found = lines.map((line) => JSON.parse(line)).filter(({ reason }) => reason === 'rate');
  const [, field = ''] = REFUSED_AS_RATE.metricValue.split('$.');
  expect(found.map((line) => line[field])).toEqual([1]);
});

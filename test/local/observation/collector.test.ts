import { expect, it } from 'vitest';
import { createLocalCloudWatch } from '../../../src/local/cloudwatch/local-cloudwatch.ts';
import { createCollector, MAX_WAITING } from '../../../src/local/observation/collector.ts';
import type { Observed } from '../../../src/local/observation/observed.ts';
import { createMeterTo } from '../../../src/metrics/meter.ts';
import { createKeptLog } from '../../support/kept-log.ts';

const OBSERVED: Observed = {
  ...{ alarms: [], dashboards: [], metricFilters: [], schedules: [] },
  accessLogFormat: '{"_aws":"$context.status"}',
};

const METRIC = { namespace: 'App', name: 'Requests', dimensions: {} };

const start = () => {
  const log = createKeptLog();
  const cloudWatch = createLocalCloudWatch(OBSERVED);
  const collector = createCollector(log);
  const sum = (): number | undefined => {
    const now = Date.now();
    const range = { start: now - (now % 60_000) - 3_600_000, end: now + 60_000 };
    const query = { metric: METRIC, statistic: 'Sum', period: 86_400 };
    return cloudWatch.store.read(query, range)[0]?.value;
  };
  const connect = () => collector.connect(cloudWatch, OBSERVED);
  return { log, collector, cloudWatch, connect, sum };
};

it('passes on what it got before CloudWatch was ready, and after', () => {
  const { collector, connect, sum } = start();
  collector.put(METRIC, 2, 'Count');
  expect(sum()).toBeUndefined();
  connect();
  expect(sum()).toBe(2);
  collector.put(METRIC, 3, 'Count');
  expect(sum()).toBe(5);
});

it('remembers no more than a limit until then, and says so', () => {
  const { collector, connect, log, sum } = start();
  for (let put = 0; put < MAX_WAITING; put += 1) collector.put(METRIC, 1, 'Count');
  expect(log.lines).toEqual([]);
  for (let put = 0; put < 3; put += 1) collector.put(METRIC, 1_000_000, 'Count');
  expect(log.lines).toMatchObject([[{}, { message: /^More than 100000 values/ }]]);
  connect();
  expect(sum()).toBe(MAX_WAITING);
});

it('takes the lines of the functions as those of their log groups', () => {
  const { collector, cloudWatch, connect } = start();
  connect();
  createMeterTo((line) => collector.write('/aws/lambda/ingest', line))('blog')({ Visits: 1 });
  expect(cloudWatch.store.metrics()).toMatchObject([
    { namespace: 'SessionCounter', name: 'Visits', dimensions: { service: 'blog' } },
  ]);
});

it('logs a failure once, and never throws', () => {
  const { collector, connect, log } = start();
  connect();
  const entry = { requestId: '', routeKey: '', status: 200, integrationLatency: 0 };
  for (let time = 0; time < 3; time += 1) collector.writeAccess(entry);
  expect(log.lines).toEqual([
    [
      'Something could not be observed; this is logged once',
      expect.objectContaining({ name: 'CloudWatchError' }),
    ],
  ]);
});

it('forgets everything once it is closed', () => {
  const { collector, connect, sum } = start();
  connect();
  collector.close();
  collector.put(METRIC, 1, 'Count');
  expect(sum()).toBeUndefined();
});

import { beforeAll, expect, it } from 'vitest';
import { ALARMS } from '../../../infra/observability/alarms.ts';
import { createAlarms } from '../../../src/local/cloudwatch/alarms/alarms.ts';
import { showDashboard } from '../../../src/local/cloudwatch/dashboard/show-dashboard.ts';
import { readEmbeddedMetrics } from '../../../src/local/cloudwatch/logs/embedded-metrics.ts';
import { createMetricStore } from '../../../src/local/cloudwatch/store/metric-store.ts';
import {
  createTemplateResolver,
  type ObservedTemplate,
  readTemplate,
  type Template,
} from '../../../src/local/cloudwatch/template/read-template.ts';
import { createMeter } from '../../../src/metrics/meter.ts';
import { captureOutput } from '../../support/captured-output.ts';
import { synthesize } from '../synthesize.ts';

let observed: ObservedTemplate;

// Every construct with the name that its path is, such as `Tables/Counts`.
const readWith = (props: Parameters<typeof synthesize>[0]): ObservedTemplate => {
  const { text, pathOf } = synthesize(props);
  const template = JSON.parse(text) as Template;
  const ids = Object.keys(template.Resources).map((id) => [id, pathOf(id)]);
  const pseudo = { 'AWS::Region': 'local', 'AWS::Partition': 'aws' };
  return readTemplate(
    template,
    createTemplateResolver(template, { ...Object.fromEntries(ids), ...pseudo }),
  );
};

beforeAll(() => {
  observed = readWith({});
});

it.each([
  ['by default', {}],
  ['with watched counters', { counters: ['blog', 'docs'], watch: ['site', 'docs'] }],
  ['with the legacy route', { legacyRoute: true }],
])('can be read by the local CloudWatch %s', (_, props) => {
  expect(readWith(props).dashboards).toHaveLength(1);
});

it('has every alarm on its dashboard', () => {
  const names = observed.alarms.map(({ name }) => name);
  const [status] = observed.dashboards[0]?.widgets.filter(({ kind }) => kind === 'alarm') ?? [];
  const daily = ALARMS.filter(({ name }) => name !== 'audit-failed');
  expect(names).toEqual(daily.map(({ name }) => `blog-${name}`));
  expect(status).toMatchObject({ alarmNames: names });
});

it('has metric filters that find throttled requests and refused visits', () => {
  const accessLine = '{"status":"429"}';
  const refusedLine = '{"reason":"rate","Refused":2}';
  const found = observed.metricFilters.map(({ logGroupName, name, measure }) => [
    ...[logGroupName, name],
    measure(accessLine, 0)?.value ?? measure(refusedLine, 0)?.value,
  ]);
  expect(found).toEqual([
    ['Api/AccessLog', 'Throttled', 1],
    ['Functions/ingest/Log', 'RateLimited', 2],
    ['Api/AccessLog', 'RateLimited', 1],
  ]);
});

it('shows what the functions emit', () => {
  const store = createMetricStore();
  const output = captureOutput();
  createMeter('blog')({ DistinctSessions: 7, Visits: 3 });
  for (const line of output().split('\n')) {
    for (const measurement of readEmbeddedMetrics(line)) store.put(measurement);
  }
  // The minute must have ended.
  const now = Date.now() + 60_000;
  const alarms = createAlarms(observed.alarms, store).statuses();
  const [dashboard] = observed.dashboards;
  const shown = dashboard ? showDashboard(dashboard, { store, alarms, now }) : [];
  const values = shown.flatMap((widget) =>
    'series' in widget
      ? widget.series.flatMap(({ label, points }) => points.map(({ value }) => [label, value]))
      : [],
  );
  expect(values).toEqual([
    ['DistinctSessions', 7],
    ['DistinctSessions', 7],
    ['Visits', 3],
  ]);
});

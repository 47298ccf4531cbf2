import { beforeAll, expect, it } from 'vitest';
import { ALARMS } from '../../../infra/observability/alarms.ts';
import { createLocalCloudWatch } from '../../../src/local/cloudwatch/local-cloudwatch.ts';
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
  const cloudWatch = createLocalCloudWatch(observed);
  const output = captureOutput();
  createMeter('blog')({ DistinctSessions: 7, Visits: 3 });
  for (const line of output().split('\n')) {
    cloudWatch.ingest({ logGroupName: 'Functions/reporter/Log', line, time: Date.now() });
  }
  // The minute must have ended.
  const shown = cloudWatch.show('blog-local', Date.now() + 60_000);
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

import { beforeAll, expect, it } from 'vitest';
import { ALARMS } from '../../../infra/observability/alarms.ts';
import type { SessionCounterProps } from '../../../infra/props/session-counter-props.ts';
import { FILTER_REASONS, REFUSAL_REASONS } from '../../../src/domain/refusal-reason.ts';
import { METRIC } from '../../../src/metrics/metric-names.ts';
import { FUNCTIONS } from '../../../src/settings/function-name.ts';
import { type Synthesis, synthesize } from '../synthesize.ts';

interface MetricOptions {
  readonly expression?: string;
  readonly stat?: string;
  readonly period?: number;
}

interface Body {
  readonly widgets: Widget[];
  readonly periodOverride: string;
}

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly metrics?: (string | MetricOptions)[][];
    readonly alarms?: string[];
    readonly yAxis?: { readonly left?: { readonly label?: string; readonly min?: number } };
    readonly annotations?: { readonly horizontal: { readonly value: number }[] };
  };
}

interface ShownMetric {
  readonly title: string | undefined;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Record<string, string>;
  readonly options: MetricOptions;
}

// Those of a counter whose audit runs every day.
const DAILY_ALARMS = ALARMS.filter(({ name }) => name !== 'audit-failed');

let synthesis: Synthesis;
let body: Body;
let widgets: Widget[];
let shown: ShownMetric[];

beforeAll(() => {
  synthesis = synthesize();
  body = dashboardOf(synthesis);
  widgets = body.widgets;
  shown = metricsOf(widgets);
});

const dashboardOf = (from: Synthesis): Body => {
  const { DashboardBody } = from.properties<{ DashboardBody: string }>(
    'AWS::CloudWatch::Dashboard',
  );
  return JSON.parse(DashboardBody);
};

const metricsOf = (all: readonly Widget[]): ShownMetric[] =>
  all.flatMap(({ properties: { title, metrics = [] } }) =>
    metrics
      .filter(([first]) => typeof first === 'string')
      .map((metric) => readMetric(title, metric)),
  );

// A dashboard lists a metric as namespace, name, dimension names and values, and options.
const readMetric = (title: string | undefined, metric: (string | MetricOptions)[]): ShownMetric => {
  const [namespace = '', name = '', ...rest] = metric.filter((part) => typeof part === 'string');
  const pairs = rest.flatMap((key, i) => (i % 2 === 0 ? [[key, rest[i + 1] ?? '']] : []));
  const options = metric.at(-1) as MetricOptions;
  return { title, namespace, name, dimensions: Object.fromEntries(pairs), options };
};

const PROJECTOR = ['FunctionName', 'Functions/projector/Function'];
const MAXIMUM = { stat: 'Maximum', period: 60, visible: false };

const own = () => shown.filter(({ namespace }) => namespace === 'SessionCounter');

it('has its widgets in the order in which a visit passes through the counter', () => {
  expect(widgets.map(({ properties }) => properties.title)).toEqual([
    undefined,
    'Distinct sessions',
    'Active sessions',
    'New sessions today (UTC)',
    'Distinct sessions over time',
    'Active sessions over time',
    'Visits received and counted',
    'Visits refused, by reason',
    'API latency',
    'API requests and errors',
    'Function errors',
    'Function throttles',
    'Stream lag',
    'Duplicates skipped, malformed records, late records',
    'Sessions: writes',
    'Active sessions index: writes',
    'Active sessions index: reads',
    'Counts: writes',
    'Counts: reads',
    'Throttled table requests',
    'Drift: sessions and removals missing from the counter',
    'Size of the counter item, reported from 100 KB',
    'Alarms',
    undefined,
    undefined,
  ]);
});

const widgetsOf = (props: SessionCounterProps): Widget[] => {
  const dashboard = synthesize(props).properties<{ DashboardBody: string }>(
    'AWS::CloudWatch::Dashboard',
  );
  return JSON.parse(dashboard.DashboardBody).widgets;
};

it('also shows the counts of each watched counter, and changes nothing else', () => {
  const counters = ['about', 'blog/*'];
  const all = widgetsOf({ counters, watch: ['about', 'blog/first'] });
  const isWatched = ({ properties }: Widget) => /of watched counters$/.test(properties.title ?? '');
  const metrics = all.filter(isWatched).flatMap(({ properties }) => properties.metrics);
  expect(metrics).toEqual(
    ['DistinctSessions', 'ActiveSessions'].flatMap((name) =>
      ['about', 'blog/first'].map((label) => [
        ...['SessionCounter', name, 'counter', label, 'service', 'blog'],
        { label, period: 60, stat: 'Maximum' },
      ]),
    ),
  );
  const others = all.filter((widget) => !isWatched(widget)).map(({ properties }) => properties);
  expect(others).toEqual(widgetsOf({ counters }).map(({ properties }) => properties));
});

it('also shows the batches and transactions that the counts table throttled, where there are other counters', () => {
  const operationsOf = (props: SessionCounterProps) =>
    widgetsOf(props)
      .filter(({ properties }) => properties.title === 'Throttled table requests')
      .flatMap(({ properties }) => properties.metrics ?? [])
      .map((metric) => metric[3]);
  const before = operationsOf({});
  expect(operationsOf({ counters: ['about'] })).toEqual([
    ...before,
    ...['BatchGetItem', 'TransactWriteItems'],
  ]);
});

it('keeps the periods that its titles and units name, whatever the time range', () => {
  expect(body.periodOverride).toBe('inherit');
});

it('fills the width of each row, and overlaps no widgets', () => {
  const cells = widgets.flatMap(({ x, y, width, height }) =>
    Array.from(
      { length: width * height },
      (_, i) => `${x + (i % width)}|${y + Math.floor(i / width)}`,
    ),
  );
  expect(new Set(cells).size).toBe(cells.length);
  const bottom = Math.max(...widgets.map(({ y, height }) => y + height));
  expect(cells).toHaveLength(24 * bottom);
  expect(Math.max(...widgets.map(({ x, width }) => x + width))).toBe(24);
});

// Each is 0 or 1 and has an alarm, whose state the dashboard shows.
const SHOWN_AS_ALARM: readonly string[] = [METRIC.streamMappingDown, METRIC.auditOverdue];

it('shows every metric that the functions emit for this counter, and no other in their namespace', () => {
  const charted = Object.values(METRIC).filter((name) => !SHOWN_AS_ALARM.includes(name));
  expect(new Set(own().map(({ name }) => name))).toEqual(new Set(charted));
  for (const { dimensions } of own()) expect(dimensions.service).toBe('blog');
});

it('draws the lag from the write of a row until it is counted', () => {
  const chart = widgets.find(({ properties }) => properties.title === 'Stream lag');
  expect(chart?.properties.metrics).toEqual([
    [{ expression: '(age + duration) / 1000', label: 'until counted, at most', period: 60 }],
    ['AWS/Lambda', 'IteratorAge', ...PROJECTOR, { ...MAXIMUM, id: 'age' }],
    ['AWS/Lambda', 'Duration', ...PROJECTOR, { ...MAXIMUM, id: 'duration' }],
  ]);
});

it('draws the uncertainty of the drift', () => {
  const drift = own().filter(
    ({ title }) => title === 'Drift: sessions and removals missing from the counter',
  );
  expect(drift.map(({ name }) => name)).toEqual([METRIC.counterDrift, METRIC.driftUncertainty]);
});

it('shows the refused visits by reason', () => {
  const reasonsIn = (metrics: readonly ShownMetric[]) =>
    metrics.flatMap(({ name, dimensions }) => (name === METRIC.refused ? dimensions.reason : []));
  const withCounters = dashboardOf(synthesize({ counters: ['blog/*'] }));
  expect(reasonsIn(metricsOf(withCounters.widgets))).toEqual([...REFUSAL_REASONS]);
  // The site's counter refuses no visit because of its name.
  expect(reasonsIn(own())).toEqual([...FILTER_REASONS, 'origin', 'no-key', 'failure', 'rate']);
});

it('takes the maximum of a gauge each minute, never a sum', () => {
  const gauges: string[] = [
    METRIC.distinctSessions,
    METRIC.activeSessions,
    METRIC.counterDrift,
    METRIC.driftUncertainty,
    METRIC.counterItemBytes,
  ];
  const charts = own().filter(({ name }) => gauges.includes(name));
  expect(charts).toHaveLength(7);
  for (const { options } of charts) expect(options).toMatchObject({ stat: 'Maximum', period: 60 });
});

// The name of a table, function or API is its construct path.
const PATHS = /^(Api|Functions|Tables)\//;

it('uses metrics that AWS publishes, with their dimensions', () => {
  const names = shown.map(({ namespace, name, dimensions }) => {
    const pairs = Object.entries(dimensions).map(([key, value]) =>
      PATHS.test(value) ? key : `${key}=${value}`,
    );
    return `${namespace} ${name} [${pairs.join(' ')}]`;
  });
  expect([...new Set(names.filter((name) => name.startsWith('AWS/')))].sort()).toEqual([
    'AWS/ApiGateway 4xx [ApiId]',
    'AWS/ApiGateway 5xx [ApiId]',
    'AWS/ApiGateway Count [ApiId]',
    'AWS/ApiGateway Latency [ApiId]',
    'AWS/DynamoDB ConsumedReadCapacityUnits [GlobalSecondaryIndexName=active-sessions TableName]',
    'AWS/DynamoDB ConsumedReadCapacityUnits [TableName]',
    'AWS/DynamoDB ConsumedWriteCapacityUnits [GlobalSecondaryIndexName=active-sessions TableName]',
    'AWS/DynamoDB ConsumedWriteCapacityUnits [TableName]',
    'AWS/DynamoDB ThrottledRequests [Operation=GetItem TableName]',
    'AWS/DynamoDB ThrottledRequests [Operation=Query TableName]',
    'AWS/DynamoDB ThrottledRequests [Operation=UpdateItem TableName]',
    'AWS/Lambda Duration [FunctionName]',
    'AWS/Lambda Errors [FunctionName]',
    'AWS/Lambda IteratorAge [FunctionName]',
    'AWS/Lambda Throttles [FunctionName]',
  ]);
});

it('labels the axis of every chart, and begins most of them at zero', () => {
  const charts = widgets.filter(({ properties }) => properties.yAxis);
  expect(charts).toHaveLength(18);
  for (const { properties } of charts) {
    expect(properties.yAxis?.left?.label).toMatch(/\w/);
  }
  const floating = charts.filter(({ properties }) => properties.yAxis?.left?.min !== 0);
  expect(floating.map(({ properties }) => properties.title)).toEqual([
    'Distinct sessions over time',
  ]);
});

it('draws the maximum in each capacity chart', () => {
  const limits = widgets.flatMap(({ properties: { title, annotations } }) =>
    annotations ? [[title, annotations.horizontal.map(({ value }) => value)]] : [],
  );
  expect(Object.fromEntries(limits)).toEqual({
    'Sessions: writes': [100],
    'Active sessions index: writes': [200],
    'Active sessions index: reads': [2000],
    'Counts: writes': [270],
    'Counts: reads': [200],
    'Size of the counter item, reported from 100 KB': [400 * 1_024],
  });
});

it('counts the 429s of the API in its access log, because AWS has no metric for them', () => {
  const filters = Object.values(synthesis.ofType('AWS::Logs::MetricFilter'));
  expect(filters.map(({ Properties }) => Properties)).toContainEqual({
    LogGroupName: 'Api/AccessLog',
    FilterPattern: '{ $.status = "429" }',
    // Without a default value, the metric exists and is billed only when there is something to count.
    MetricTransformations: [
      { MetricNamespace: 'SessionCounter/blog', MetricName: 'Throttled', MetricValue: '1' },
    ],
  });
  const chart = shown.filter(({ title }) => title === 'API requests and errors');
  expect(chart.map(({ namespace, name }) => `${namespace} ${name}`)).toContain(
    'SessionCounter/blog Throttled',
  );
});

const texts = (): string[] => widgets.flatMap(({ properties }) => properties.markdown ?? []);

it('says for every alarm what it means and what to do, below the states of the alarms', () => {
  const table = texts().at(-2);
  for (const { name, why, whatToDo } of DAILY_ALARMS) {
    expect(table).toContain(`| **${name}** | ${why} | ${whatToDo} |`);
  }
  expect(texts()[0]).toContain('The table at the end of this page says what to do');
});

it('says that only a correction lowers the distinct sessions', () => {
  expect(texts()[0]).toContain(
    'only `npm run counter -- rebuild --lower-total`, `retract` or a smaller baseline lowers distinct sessions',
  );
});

it('links to the log of every function and of the API', () => {
  const links = [
    ...(texts()
      .at(-1)
      ?.matchAll(/\[([a-z ]+)\]\((\S+)\)/g) ?? []),
  ];
  const logs = [...FUNCTIONS.map((name) => [name, `Functions/${name}/Log`])];
  expect(links.map(([, name, url]) => [name, url])).toEqual(
    [...logs, ['access log', 'Api/AccessLog']].map(([name, log]) => [
      name,
      `https://AWS::Region.console.aws.amazon.com/cloudwatch/home#logsV2:log-groups/log-group/${log}`,
    ]),
  );
});

it('shows the state of every alarm', () => {
  const alarms = widgets.flatMap(({ properties }) => properties.alarms ?? []);
  expect(alarms).toHaveLength(DAILY_ALARMS.length);
});

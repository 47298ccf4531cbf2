import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { beforeAll, expect, it } from 'vitest';
import { ALARMS } from '../../../infra/observability/alarms.ts';
import { ASSUMPTIONS } from '../../../measure/cost/assumptions.ts';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { type Synthesis, synthesize } from '../synthesize.ts';

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

interface MetricStat {
  readonly Metric: Metric;
  readonly Period: number;
  readonly Stat: string;
}

interface AlarmProperties extends Partial<Metric> {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly DatapointsToAlarm: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: string;
  readonly Statistic?: string;
  readonly Period?: number;
  readonly Metrics?: { readonly Expression?: string; readonly MetricStat?: MetricStat }[];
}

let synthesis: Synthesis;
let alarms: AlarmProperties[];

beforeAll(() => {
  synthesis = synthesize({ throttle: { ratePerSecond: 20, burst: 40 } });
  alarms = alarmsOf(synthesis);
});

const alarmsOf = ({ ofType }: Synthesis): AlarmProperties[] =>
  Object.values(ofType('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties as unknown as AlarmProperties,
  );

const WEEKLY = Schedule.rate(Duration.days(7));

// Those of a counter whose audit runs every day, as in `synthesis`.
const DAILY_ALARMS = ALARMS.filter(({ name }) => name !== 'audit-failed');

// Such as `Sum of AWS/Lambda Errors [FunctionName=blog] in 300 s`.
const metricText = (
  { Namespace, MetricName, Dimensions = [] }: Partial<Metric>,
  statistic: string | undefined,
  period: number | undefined,
): string => {
  const dimensions = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(' ');
  return `${statistic} of ${Namespace} ${MetricName} [${dimensions}] in ${period} s`;
};

// The metrics of an alarm.
const metricsOf = (alarm: AlarmProperties): string[] =>
  alarm.Metrics?.flatMap(({ Expression, MetricStat: stat }) => {
    if (Expression) return [Expression];
    return stat ? [metricText(stat.Metric, stat.Stat, stat.Period)] : [];
  }) ?? [metricText(alarm, alarm.Statistic, alarm.Period)];

const ruleOf = (alarm: AlarmProperties): string =>
  `${alarm.ComparisonOperator} ${alarm.Threshold}, ` +
  `${alarm.DatapointsToAlarm} of ${alarm.EvaluationPeriods}, missing: ${alarm.TreatMissingData}`;

it('has exactly these alarms', () => {
  const table = alarms.map((alarm) => [alarm.AlarmName, [...metricsOf(alarm), ruleOf(alarm)]]);
  expect(Object.fromEntries(table)).toEqual({
    'blog-stream-mapping-down': [
      'Sum of SessionCounter StreamMappingDown [service=blog] in 60 s',
      'GreaterThanOrEqualToThreshold 1, 8 of 10, missing: notBreaching',
    ],
    'blog-stream-behind': [
      'Maximum of AWS/Lambda IteratorAge [FunctionName=Functions/projector/Function] in 300 s',
      'GreaterThanOrEqualToThreshold 600000, 1 of 1, missing: ignore',
    ],
    'blog-projector-throttled': [
      'Sum of AWS/Lambda Throttles [FunctionName=Functions/projector/Function] in 300 s',
      'GreaterThanOrEqualToThreshold 1, 2 of 3, missing: notBreaching',
    ],
    'blog-counter-drift': [
      'Maximum of SessionCounter CounterDrift [service=blog] in 300 s',
      'GreaterThanOrEqualToThreshold 1, 1 of 1, missing: ignore',
    ],
    'blog-counter-crowded': [
      'Maximum of SessionCounter CounterItemBytes [service=blog] in 300 s',
      'GreaterThanOrEqualToThreshold 102400, 1 of 1, missing: notBreaching',
    ],
    'blog-audit-missing': [
      'Sum of SessionCounter AuditOverdue [service=blog] in 300 s',
      'GreaterThanOrEqualToThreshold 1, 12 of 12, missing: notBreaching',
    ],
    'blog-reporter-silent': [
      'SampleCount of SessionCounter DistinctSessions [service=blog] in 60 s',
      'LessThanThreshold 1, 5 of 5, missing: breaching',
    ],
    'blog-api-errors': [
      'Sum of AWS/ApiGateway 5xx [ApiId=Api/Http] in 900 s',
      'GreaterThanOrEqualToThreshold 5, 1 of 1, missing: notBreaching',
    ],
    'blog-requests-throttled': [
      'Sum of SessionCounter/blog RateLimited [] in 300 s',
      'GreaterThanOrEqualToThreshold 10, 2 of 3, missing: notBreaching',
    ],
    'blog-visits-unusual': [
      'SampleCount of SessionCounter Visits [service=blog] in 60 s',
      'GreaterThanThreshold 600, 5 of 5, missing: notBreaching',
    ],
  });
});

it('uses as many metrics as the cost table assumes', () => {
  const metrics = alarms.flatMap(metricsOf).filter((metric) => metric.includes(' of '));
  expect(metrics).toHaveLength(ASSUMPTIONS.alarmMetrics);
});

it.each([
  { what: 'by default', props: {} },
  { what: 'with the legacy route', props: { legacyRoute: true } },
  { what: 'with an own audit schedule', props: { auditSchedule: WEEKLY } },
])('has ten alarms with ten metrics $what, as many as are free in an account', ({ props }) => {
  const found = alarmsOf(synthesize(props));
  expect(found).toHaveLength(10);
  expect(found.flatMap(metricsOf)).toHaveLength(10);
});

it('watches failed audits instead of missing ones when the audit is not daily', () => {
  const weekly = alarmsOf(synthesize({ auditSchedule: WEEKLY }));
  expect(weekly.map(({ AlarmName }) => AlarmName)).not.toContain('blog-audit-missing');
  const failed = weekly.find(({ AlarmName }) => AlarmName === 'blog-audit-failed');
  expect(failed && [...metricsOf(failed), ruleOf(failed)]).toEqual([
    'Sum of AWS/Lambda Errors [FunctionName=Functions/audit/Function] in 300 s',
    'GreaterThanOrEqualToThreshold 1, 1 of 1, missing: ignore',
  ]);
});

it('reports a mapping that is down within 15 minutes', () => {
  const alarm = alarms.find(({ AlarmName }) => AlarmName === 'blog-stream-mapping-down');
  expect((alarm?.EvaluationPeriods ?? 0) * (alarm?.Period ?? 0)).toBeLessThan(15 * 60);
});

it('names only commands that exist', () => {
  const promised = ALARMS.flatMap(({ whatToDo }) => [...whatToDo.matchAll(/counter -- (\w+)/g)]);
  expect(promised.map(([, command]) => command)).toEqual(['rebuild']);
  expect(Object.keys(COMMANDS)).toContain('rebuild');
});

const DASHBOARD =
  'https://AWS::Region.console.aws.amazon.com/cloudwatch/home?region=AWS::Region' +
  '#dashboards/dashboard/blog-AWS::Region';

it('says in each description what to do, and links to the dashboard, which says it, too', () => {
  const descriptions = alarms.map(({ AlarmDescription }) => AlarmDescription);
  expect(descriptions).toEqual(
    DAILY_ALARMS.map(({ why, whatToDo }) => `${why} ${whatToDo} ${DASHBOARD}`),
  );
  const { DashboardName } = synthesis.properties('AWS::CloudWatch::Dashboard');
  expect(DashboardName).toBe('blog-AWS::Region');
});

it('keeps each description below the limit of CloudWatch, even with long names of counter and region', () => {
  const name = 'n'.repeat(64);
  const region = 'r'.repeat(24);
  for (const { AlarmDescription } of alarms) {
    const longest = AlarmDescription.replaceAll('AWS::Region', region)
      .replace('console.aws.amazon.com', 'console.amazonaws-us-gov.com')
      .replace('blog', name);
    expect(longest.length).toBeLessThanOrEqual(1024);
  }
});

it('links each alarm to a section of the runbook', () => {
  const headings = readFileSync('docs/operations.md', 'utf8').match(/^#+ .+$/gm) ?? [];
  const anchors = headings.map((heading) => heading.replace(/^#+ /, '').toLowerCase());
  expect(anchors).toEqual(expect.arrayContaining(ALARMS.map(({ name }) => name)));
});

it('links to a given runbook', () => {
  const owned = synthesize({ runbookUrl: 'https://wiki.example/counter' });
  const links = Object.values(owned.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) =>
    String(Properties.AlarmDescription).split(' ').at(-1),
  );
  expect(links).toEqual(DAILY_ALARMS.map(({ name }) => `https://wiki.example/counter#${name}`));
});

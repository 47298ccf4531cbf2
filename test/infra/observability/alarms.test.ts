import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { ALARMS } from '../../../infra/observability/alarm-table.ts';
import { type Synthesis, synthesize } from '../synthesize.ts';

interface MetricStat {
  readonly Metric: { readonly MetricName: string; readonly Dimensions: { Value: string }[] };
  readonly Period: number;
  readonly Stat: string;
}

interface AlarmProperties extends Partial<MetricStat> {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly DatapointsToAlarm: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: string;
  readonly Statistic?: string;
  readonly MetricName?: string;
  readonly Dimensions?: { readonly Value: string }[];
  readonly Metrics?: { readonly Expression?: string; readonly MetricStat?: MetricStat }[];
}

let synthesis: Synthesis;
let alarms: AlarmProperties[];

beforeAll(() => {
  synthesis = synthesize({ throttle: { ratePerSecond: 20, burst: 40 } });
  alarms = Object.values(synthesis.ofType('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties as unknown as AlarmProperties,
  );
});

const dimensions = (values: readonly { Value: string }[] = []): string =>
  values.map(({ Value }) => Value).join(' ');

// What an alarm looks at, such as `Sum of Errors [blog] in 300 s`.
const metricsOf = (alarm: AlarmProperties): string[] =>
  alarm.Metrics?.flatMap(({ Expression, MetricStat }) =>
    Expression
      ? [Expression]
      : MetricStat
        ? [
            `${MetricStat.Stat} of ${MetricStat.Metric.MetricName} ` +
              `[${dimensions(MetricStat.Metric.Dimensions)}] in ${MetricStat.Period} s`,
          ]
        : [],
  ) ?? [
    `${alarm.Statistic} of ${alarm.MetricName} [${dimensions(alarm.Dimensions)}] in ${alarm.Period} s`,
  ];

const ruleOf = (alarm: AlarmProperties): string =>
  `${alarm.ComparisonOperator} ${alarm.Threshold}, ` +
  `${alarm.DatapointsToAlarm} of ${alarm.EvaluationPeriods}, missing: ${alarm.TreatMissingData}`;

it('watches exactly this', () => {
  const table = alarms.map((alarm) => [alarm.AlarmName, [...metricsOf(alarm), ruleOf(alarm)]]);
  expect(Object.fromEntries(table)).toEqual({
    'blog-projector-errors': [
      'Sum of Errors [Functions/projector/Function] in 300 s',
      'GreaterThanOrEqualToThreshold 1, 2 of 3, missing: notBreaching',
    ],
    'blog-stream-behind': [
      'Maximum of IteratorAge [Functions/projector/Function] in 300 s',
      'GreaterThanOrEqualToThreshold 600000, 1 of 1, missing: notBreaching',
    ],
    'blog-stream-expiring': [
      'Maximum of IteratorAge [Functions/projector/Function] in 300 s',
      'GreaterThanOrEqualToThreshold 21600000, 1 of 1, missing: ignore',
    ],
    'blog-counter-drift': [
      'ABS(drift)',
      'Maximum of CounterDrift [blog] in 300 s',
      'GreaterThanOrEqualToThreshold 1, 1 of 1, missing: ignore',
    ],
    'blog-audit-failed': [
      'Sum of Errors [Functions/audit/Function] in 300 s',
      'GreaterThanOrEqualToThreshold 1, 1 of 1, missing: ignore',
    ],
    'blog-reporter-silent': [
      'SampleCount of DistinctSessions [blog] in 60 s',
      'LessThanThreshold 1, 5 of 5, missing: breaching',
    ],
    'blog-functions-throttled': [
      'SUM([ingest, projector])',
      'Sum of Throttles [Functions/ingest/Function] in 300 s',
      'Sum of Throttles [Functions/projector/Function] in 300 s',
      'GreaterThanOrEqualToThreshold 1, 2 of 3, missing: notBreaching',
    ],
    'blog-tables-throttled': [
      'SUM([sessions, counts])',
      'Sum of ThrottledRequests [UpdateItem Tables/Sessions] in 300 s',
      'Sum of ThrottledRequests [UpdateItem Tables/Counts] in 300 s',
      'GreaterThanOrEqualToThreshold 1, 2 of 3, missing: notBreaching',
    ],
    'blog-api-errors': [
      'Sum of 5xx [Api/Http] in 300 s',
      'GreaterThanOrEqualToThreshold 5, 1 of 1, missing: notBreaching',
    ],
    'blog-visits-unusual': [
      'Sum of Visits [blog] in 60 s',
      'GreaterThanThreshold 600, 5 of 5, missing: notBreaching',
    ],
  });
});

it('looks at twelve metrics, as its cost says', () => {
  const metrics = alarms.flatMap(metricsOf).filter((metric) => metric.includes(' of '));
  expect(metrics).toHaveLength(12);
});

it('says in each description what to do, and where that is told at length', () => {
  for (const [index, { name, why, whatToDo }] of ALARMS.entries()) {
    const { AlarmDescription } = alarms[index] ?? {};
    expect(AlarmDescription).toBe(`${why} ${whatToDo} docs/operations.md#${name}`);
    expect(AlarmDescription?.length).toBeLessThan(1024);
  }
});

it('links each alarm to a section of the runbook', () => {
  const headings = readFileSync('docs/operations.md', 'utf8').match(/^#+ .+$/gm) ?? [];
  const anchors = headings.map((heading) => heading.replace(/^#+ /, '').toLowerCase());
  expect(anchors).toEqual(expect.arrayContaining(ALARMS.map(({ name }) => name)));
});

it('links to a runbook elsewhere when told to', () => {
  const { text } = synthesize({ runbookUrl: 'https://wiki.example/counter' });
  expect(text).toContain('https://wiki.example/counter#projector-errors');
});

import { Duration } from 'aws-cdk-lib';
import { type IWidget, MathExpression, Stats, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC } from '../../src/metrics/metric-names.ts';
import { iteratorAge } from './metrics.ts';
import type { Sources } from './sources.ts';
import { bigNumberRow, COLUMNS, chartRow, type Row } from './widgets.ts';

/** What to look at in each section, from top to bottom. */
export const heading = (name: string): IWidget[] => [
  new TextWidget({
    width: COLUMNS,
    height: 7,
    markdown: [
      `# ${name}`,
      '**An alarm went off?** The table at the end of this page says what to do.',
      '',
      '- **Counts**: only rebuild --lower-total lowers distinct. A gap means that the reporter is silent.',
      '- **Visits**: received = counted + refused. A wall of `failure` or `no-key` needs help.',
      '- **API and functions**: no 5xx, no 429, no errors, no throttles.',
      '- **Stream**: a lag of seconds; hours lose visits. Duplicates skipped are harmless.' +
        ' A mapping that is not enabled counts nothing.',
      '- **Capacity**: stay below the lines; what lies above may be refused.',
      '- **Drift**: 0 each day, or the count is wrong, unless the uncertainty is as great.',
    ].join('\n'),
  }),
];

export const bigNumbers: Row = ({ metrics }) =>
  bigNumberRow(
    { title: 'Distinct sessions', metric: metrics.gauge(METRIC.distinctSessions) },
    { title: 'Active sessions', metric: metrics.gauge(METRIC.activeSessions) },
    {
      title: 'New sessions today (UTC)',
      // A period of a day begins at midnight UTC.
      metric: metrics.count(METRIC.newSessions, Duration.days(1)),
    },
  );

export const countsOverTime: Row = ({ metrics }) =>
  chartRow(
    {
      title: 'Distinct sessions over time',
      unit: 'sessions',
      metrics: [metrics.gauge(METRIC.distinctSessions)],
      floating: true,
    },
    {
      title: 'Active sessions over time',
      unit: 'sessions',
      metrics: [metrics.gauge(METRIC.activeSessions)],
    },
  );

export const visitFlow: Row = ({ metrics }) =>
  chartRow(
    {
      title: 'Visits received and counted',
      unit: 'visits in 5 minutes',
      metrics: [METRIC.visits, METRIC.counted, METRIC.newSessions].map((name) =>
        metrics.count(name),
      ),
    },
    {
      title: 'Visits refused, by reason',
      unit: 'visits in 5 minutes',
      metrics: metrics.refusals(),
      stacked: true,
    },
  );

export const apiHealth: Row = ({ api, refusedByThrottle }) =>
  chartRow(
    {
      title: 'API latency',
      unit: 'milliseconds',
      metrics: [Stats.percentile(50), Stats.percentile(99)].map((statistic) =>
        api.metricLatency({ statistic, label: statistic }),
      ),
    },
    {
      title: 'API requests and errors',
      unit: 'requests in 5 minutes',
      metrics: [
        api.metricCount({ statistic: Stats.SAMPLE_COUNT, label: 'requests' }),
        api.metricClientError({ label: '4xx' }),
        api.metricServerError({ label: '5xx' }),
        refusedByThrottle,
      ],
    },
  );

export const functionHealth: Row = ({ functions }) => {
  const named = Object.entries(functions);
  return chartRow(
    {
      title: 'Function errors',
      unit: 'calls in 5 minutes',
      metrics: named.map(([label, f]) => f.metricErrors({ label })),
    },
    {
      title: 'Function throttles',
      unit: 'calls in 5 minutes',
      metrics: named.map(([label, f]) => f.metricThrottles({ label })),
    },
  );
};

export const streamHealth: Row = ({ metrics, functions: { projector } }) =>
  chartRow(
    {
      title: 'Stream lag',
      unit: 'seconds',
      metrics: [metrics.gauge(METRIC.projectionLag), iteratorAgeSeconds(projector)],
    },
    {
      title: 'Duplicates skipped, odd records, records that came too late',
      unit: 'records in 5 minutes',
      metrics: [METRIC.duplicatesSkipped, METRIC.malformedRecords, METRIC.lateRecords].map((name) =>
        metrics.count(name),
      ),
    },
    {
      title: 'Mapping not enabled',
      unit: 'minutes of 5',
      metrics: [metrics.count(METRIC.streamMappingDown)],
    },
  );

const iteratorAgeSeconds = (projector: Sources['functions']['projector']) =>
  new MathExpression({
    expression: 'age / 1000',
    usingMetrics: { age: iteratorAge(projector) },
    period: Duration.minutes(1),
    label: 'IteratorAge',
  });

/** What the audits found, by how much it may be wrong, and whether the counter item is crowded. */
export const drift: Row = ({ metrics }) =>
  chartRow(
    {
      title: 'Drift: sessions and removals that the counter lacks',
      unit: 'rows',
      metrics: [METRIC.counterDrift, METRIC.driftUncertainty].map((name) => metrics.gauge(name)),
    },
    {
      title: 'Size of the counter item, told from 100 KB on',
      unit: 'bytes',
      metrics: [metrics.gauge(METRIC.counterItemBytes)],
      limits: [{ value: 400 * 1_024, label: 'maximum' }],
    },
  );

import { Duration } from 'aws-cdk-lib';
import { type IWidget, MathExpression, Stats, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC } from '../../src/metrics/metric-names.ts';
import { listFunctions } from '../functions.ts';
import { iteratorAge } from './metrics.ts';
import type { Sources } from './sources.ts';
import { bigNumberRow, COLUMNS, chartRow, type Row } from './widgets.ts';

/** What to check in each section, from top to bottom. */
export const heading = (name: string): IWidget[] => [
  new TextWidget({
    width: COLUMNS,
    height: 7,
    markdown: [
      `# ${name}`,
      '**Did an alarm go off?** The table at the end of this page says what to do.',
      '',
      '- **Counts**: only rebuild --lower-total lowers distinct sessions. A gap: the reporter is silent.',
      '- **Visits**: received = counted + refused. Many `failure` or `no-key` refusals need a fix.',
      '- **API and functions**: there should be no 5xx, no 429, no errors and no throttles.',
      '- **Stream**: a lag of seconds is normal; hours lose visits. Skipped duplicates are harmless.' +
        ' While the mapping is not enabled, nothing is counted.',
      '- **Capacity**: above the lines, requests may be refused.',
      '- **Drift**: 0 each day; otherwise the count is wrong, unless the uncertainty is as large.',
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
  const named = listFunctions(functions);
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
      title: 'Duplicates skipped, malformed records, late records',
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

/** The drift that audits found, its uncertainty, and the size of the counter item. */
export const drift: Row = ({ metrics }) =>
  chartRow(
    {
      title: 'Drift: sessions and removals missing from the counter',
      unit: 'rows',
      metrics: [METRIC.counterDrift, METRIC.driftUncertainty].map((name) => metrics.gauge(name)),
    },
    {
      title: 'Size of the counter item, reported from 100 KB',
      unit: 'bytes',
      metrics: [metrics.gauge(METRIC.counterItemBytes)],
      limits: [{ value: 400 * 1_024, label: 'maximum' }],
    },
  );

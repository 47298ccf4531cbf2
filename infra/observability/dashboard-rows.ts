import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  COUNTER_REASONS,
  REFUSAL_REASONS,
  type RefusalReason,
} from '../../src/domain/refusal-reason.ts';
import { METRIC } from '../../src/metrics/metric-names.ts';
import type { FunctionName } from '../../src/settings/function-name.ts';
import { listFunctions } from '../functions.ts';
import { iteratorAge } from './metrics.ts';
import type { Sources } from './sources.ts';
import { bigNumberRow, chartRow, type Row } from './widgets.ts';

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

// A visit of the site's counter is never refused for its counter.
const isOfCounter = (reason: RefusalReason): boolean =>
  COUNTER_REASONS.some((one) => one === reason);

export const visitFlow: Row = ({ metrics, hasOtherCounters }) =>
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
      metrics: REFUSAL_REASONS.filter((reason) => hasOtherCounters || !isOfCounter(reason)).map(
        metrics.refused,
      ),
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

// Visitors or new counts wait for these.
const WAITED_FOR: readonly FunctionName[] = ['ingest', 'projector', 'query', 'legacy'];

export const functionHealth: Row = ({ functions }) => {
  const named = listFunctions(functions);
  const waitedFor = named.filter(([name]) => WAITED_FOR.includes(name));
  return chartRow(
    {
      title: 'Function errors',
      unit: 'calls in 5 minutes',
      metrics: named.map(([label, f]) => f.metricErrors({ label })),
    },
    {
      title: 'Function throttles',
      unit: 'calls in 5 minutes',
      metrics: waitedFor.map(([label, f]) => f.metricThrottles({ label })),
    },
  );
};

export const streamHealth: Row = ({ metrics, functions: { projector } }) =>
  chartRow(
    {
      title: 'Stream lag',
      unit: 'seconds',
      metrics: [untilCounted(projector)],
    },
    {
      title: 'Duplicates skipped, malformed records, late records',
      unit: 'records in 5 minutes',
      metrics: [METRIC.duplicatesSkipped, METRIC.malformedRecords, METRIC.lateRecords].map((name) =>
        metrics.count(name),
      ),
    },
  );

// The age of a batch when the projector got it, and the time in which the projector counted it.
const untilCounted = (projector: Sources['functions']['projector']) =>
  new MathExpression({
    expression: '(age + duration) / 1000',
    usingMetrics: {
      age: iteratorAge(projector),
      duration: projector.metricDuration({ statistic: Stats.MAXIMUM, period: Duration.minutes(1) }),
    },
    period: Duration.minutes(1),
    label: 'until counted, at most',
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

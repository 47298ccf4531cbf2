import { Duration } from 'aws-cdk-lib';
import {
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC } from '../../src/metrics/metric-names.ts';
import type { AlarmDescription } from './alarm-description.ts';
import { iteratorAge, throttledRequests } from './metrics.ts';

const { BREACHING, IGNORE, NOT_BREACHING } = TreatMissingData;
const FIVE_MINUTES = Duration.minutes(5);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** At the first value that is too high. */
const AT_ONCE = {
  comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  values: 1,
  of: 1,
};

/** In two of three times five minutes; once alone is a retry that went well. */
const REPEATEDLY = { ...AT_ONCE, threshold: 1, values: 2, of: 3 };

// SUM takes a metric without a value as nothing; with + the result would have no value either.
const sum = (usingMetrics: Record<string, IMetric>): MathExpression =>
  new MathExpression({
    expression: `SUM([${Object.keys(usingMetrics).join(', ')}])`,
    usingMetrics,
    period: FIVE_MINUTES,
  });

/**
 * Every alarm. They look at 12 metrics, of which an account has 10 free; each further one costs
 * 0.10 USD a month. So a throttled query or reporter has no alarm of its own: the first shows as
 * an API error, the second as a silent reporter, and neither loses a visit.
 */
export const ALARMS: readonly AlarmDescription[] = [
  {
    name: 'projector-errors',
    metric: ({ functions }) => functions.projector.metricErrors(),
    ...REPEATEDLY,
    missing: NOT_BREACHING, // Nobody visits, so nothing is called.
    why: 'The projector keeps failing; its batch comes again, and visits wait meanwhile.',
    whatToDo: 'Read the error in the log of the projector and remove its cause.',
  },
  {
    name: 'stream-behind',
    metric: ({ functions }) => iteratorAge(functions.projector, FIVE_MINUTES),
    ...AT_ONCE,
    threshold: 10 * MINUTE_MS,
    missing: NOT_BREACHING, // An idle stream has no age.
    why: 'Visits wait for 10 minutes until they are counted. None is lost yet.',
    whatToDo: 'Look for errors and throttles of the projector and of the counts table.',
  },
  {
    name: 'stream-expiring',
    metric: ({ functions }) => iteratorAge(functions.projector, FIVE_MINUTES),
    ...AT_ONCE,
    threshold: 6 * HOUR_MS,
    missing: IGNORE, // The pause between two tries of a stream that is stuck is no recovery.
    why: 'Visits wait for 6 hours; after 24 the stream drops them, and the count is wrong.',
    whatToDo: 'Make the projector run today, before anything else.',
  },
  {
    name: 'counter-drift',
    metric: ({ metrics }) =>
      new MathExpression({
        expression: 'ABS(drift)',
        usingMetrics: { drift: metrics.gauge(METRIC.counterDrift, FIVE_MINUTES) },
        period: FIVE_MINUTES,
      }),
    ...AT_ONCE,
    threshold: 1,
    missing: IGNORE, // What an audit found is true until the next one.
    why: 'The counter and the rows disagree: visits were lost or counted twice.',
    whatToDo: 'Find out since when, then have the counter rebuilt from the rows.',
  },
  {
    name: 'audit-failed',
    metric: ({ functions }) => functions.audit.metricErrors(),
    ...AT_ONCE,
    threshold: 1,
    missing: IGNORE, // Time does not undo a failed audit; one that ends well does.
    why: 'The audit could not compare the rows with the counter, so a drift would go unseen.',
    whatToDo: 'Read the error in the log of the audit, remove its cause, invoke the audit again.',
  },
  {
    name: 'reporter-silent',
    metric: ({ metrics }) =>
      metrics.gauge(METRIC.distinctSessions).with({ statistic: Stats.SAMPLE_COUNT }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    values: 5,
    of: 5,
    missing: BREACHING, // Silence is what it listens for.
    why: 'The counts were not reported for 5 minutes; visitors may not get them either.',
    whatToDo: 'Read the log of the reporter, then ask the API for /counts yourself.',
  },
  {
    name: 'functions-throttled',
    metric: ({ functions: { ingest, projector } }) =>
      sum({ ingest: ingest.metricThrottles(), projector: projector.metricThrottles() }),
    ...REPEATEDLY,
    missing: NOT_BREACHING, // Nothing is called.
    why: 'Lambda refuses to run ingest or the projector: visits are lost, or wait.',
    whatToDo: 'Compare the concurrency of the account with its limit, and have the limit raised.',
  },
  {
    name: 'tables-throttled',
    metric: ({ tables: { sessions, counts } }) =>
      sum({
        sessions: throttledRequests(sessions, 'UpdateItem'),
        counts: throttledRequests(counts, 'UpdateItem'),
      }),
    ...REPEATEDLY,
    missing: NOT_BREACHING, // DynamoDB tells of throttles only when there are some.
    why: 'A table or its index refuses writes: visits are answered 503, or wait.',
    whatToDo: 'Compare consumed and maximum units on the dashboard, then raise the throttle.',
  },
  {
    name: 'api-errors',
    metric: ({ api }) => api.metricServerError(),
    ...AT_ONCE,
    threshold: 5,
    missing: NOT_BREACHING, // Nobody asks.
    why: 'Browsers get 5xx: visits are lost and counts cannot be shown.',
    whatToDo: 'Find the route in the access log, then the error in the log of its function.',
  },
  {
    name: 'visits-unusual',
    metric: ({ metrics }) => metrics.count(METRIC.visits, Duration.minutes(1)),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    // Half of what the API lets through in a minute. Not what is unusual for this site: to learn
    // that takes weeks and three metrics, and what a flood costs does not depend on it.
    threshold: ({ throttle }) => (throttle.ratePerSecond * 60) / 2,
    values: 5,
    of: 5,
    missing: NOT_BREACHING, // Nobody visits.
    why: 'Visits come at over half of the rate that is let through: a flood, or real success.',
    whatToDo: 'Lower the throttle against a flood; raise it for visitors before it refuses them.',
  },
];

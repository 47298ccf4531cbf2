import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC } from '../../src/metrics/metric-names.ts';
import type { AlarmDescription } from './alarm-description.ts';
import { AT_ONCE, nothingFor, REPEATEDLY, sum } from './alarm-description.ts';
import { reports, throttledRequests } from './metrics.ts';

const { BREACHING, NOT_BREACHING } = TreatMissingData;
const FIVE_MINUTES = Duration.minutes(5);

/** What goes off when visits are not taken, or when counts cannot be had. */
export const SERVING_ALARMS: readonly AlarmDescription[] = [
  {
    name: 'reporter-silent',
    metric: ({ metrics }) => reports(metrics, METRIC.distinctSessions, Duration.minutes(1)),
    ...nothingFor(5),
    missing: BREACHING, // Silence is what it listens for.
    why: 'The counts were not reported for 5 minutes; visitors may not get them either.',
    whatToDo: 'Read the log of the reporter, then ask the API for /counts yourself.',
  },
  {
    name: 'functions-throttled',
    metric: ({ functions: { ingest, projector } }) =>
      sum(
        { ingest: ingest.metricThrottles(), projector: projector.metricThrottles() },
        FIVE_MINUTES,
      ),
    ...REPEATEDLY,
    missing: NOT_BREACHING, // Nothing is called.
    why: 'Lambda refuses to run ingest or the projector: visits are lost, or wait.',
    whatToDo: 'Compare the concurrency of the account with its limit, and have the limit raised.',
  },
  {
    name: 'tables-throttled',
    metric: ({ tables: { sessions, counts } }) =>
      sum(
        {
          sessions: throttledRequests(sessions, 'UpdateItem'),
          counts: throttledRequests(counts, 'UpdateItem'),
        },
        FIVE_MINUTES,
      ),
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
    name: 'requests-throttled',
    metric: ({ refusedByThrottle }) => refusedByThrottle,
    ...REPEATEDLY,
    threshold: 10, // A page that is opened in many tabs at once is no reason to write.
    missing: NOT_BREACHING, // It is reported only while requests are refused.
    why: 'The API refuses requests with 429: visits are lost, or pages do not get their counts.',
    whatToDo: 'Look at the visits: raise the throttle for visitors, leave it against a flood.',
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

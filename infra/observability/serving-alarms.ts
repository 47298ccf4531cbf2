import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC } from '../../src/metrics/metric-names.ts';
import type { AlarmDescription } from './alarm-description.ts';
import { AT_ONCE, nothingFor, REPEATEDLY } from './alarm-description.ts';
import { measurements } from './metrics.ts';

const { BREACHING, NOT_BREACHING } = TreatMissingData;

/** The alarms for visits that are not accepted and counts that are not served. */
export const SERVING_ALARMS: readonly AlarmDescription[] = [
  {
    name: 'reporter-silent',
    metric: ({ metrics }) =>
      measurements(metrics.gauge(METRIC.distinctSessions, Duration.minutes(1))),
    ...nothingFor(5),
    // Missing reports are what it detects. So it also goes off when it is created, until the first report: a new alarm
    // is evaluated at once unless it has a warm-up period.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
    missing: BREACHING,
    why: 'The counts were not reported for 5 minutes; visitors may not get them either.',
    whatToDo:
      'In the first two minutes of a new counter, wait for its first report. Later, read the log of the reporter, and' +
      ' request /counts from the API.',
  },
  {
    name: 'api-errors',
    // A long period, so that a few errors every now and then show, too.
    metric: ({ api }) => api.metricServerError({ period: Duration.minutes(15) }),
    ...AT_ONCE,
    threshold: 5,
    missing: NOT_BREACHING, // Without requests there are no errors.
    why:
      'Browsers get 5xx responses, because of an error or a throttle of a function or a table: visits are' +
      ' lost and counts are not shown.',
    whatToDo: 'Find the route in the access log, then the error in the log of its function.',
  },
  {
    name: 'requests-throttled',
    metric: ({ rateLimited }) => rateLimited,
    ...REPEATEDLY,
    threshold: 10, // Opening many tabs at once should not send an e-mail.
    missing: NOT_BREACHING, // It has values only while requests are throttled.
    why:
      'The API throttles requests with 429: visits are lost, or pages do not get counts. Or an address starts' +
      ' too many sessions, and its visits are refused as rate.',
    whatToDo:
      'Compare the metrics Throttled and Refused. Raise ratePerSecond or newSessionsPerHour if they are real' +
      ' visitors; leave them unchanged in a flood.',
  },
  {
    name: 'visits-unusual',
    // Requests, because one that names ten counters is ten visits, and the API limits requests.
    metric: ({ metrics }) => measurements(metrics.count(METRIC.visits, Duration.minutes(1))),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    // Half of what the API lets through in a minute. It does not depend on what is usual for this site:
    // anomaly detection takes weeks and three metrics, and the cost of a flood is the same anywhere.
    threshold: ({ throttle }) => (throttle.ratePerSecond * 60) / 2,
    values: 5,
    of: 5,
    missing: NOT_BREACHING, // There are no visits.
    why: 'Requests with visits arrive at over half of the rate that the API lets through: a flood, or success.',
    whatToDo: 'Lower ratePerSecond in a flood; raise it for visitors before they are refused.',
  },
];

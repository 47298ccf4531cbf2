import { Duration } from 'aws-cdk-lib';
import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC } from '../../src/metrics/metric-names.ts';
import { documentedCommandLine } from '../../src/runtime/command-line.ts';
import { CROWDED_COUNTER_BYTES } from '../../src/tables/schema.ts';
import type { AlarmDescription } from './alarm-description.ts';
import { AT_ONCE, nothingFor, REPEATEDLY, sum } from './alarm-description.ts';
import { type CounterMetrics, iteratorAge, reports } from './metrics.ts';

const { IGNORE, NOT_BREACHING } = TreatMissingData;
const FIVE_MINUTES = Duration.minutes(5);
const ONE_DAY = Duration.days(1);

const REBUILD = documentedCommandLine('rebuild');

// The reporter's own reports give a day without an audit the value 0.
const auditsInADay = (metrics: CounterMetrics): MathExpression => {
  const none = new MathExpression({
    expression: 'reports * 0',
    usingMetrics: { reports: reports(metrics, METRIC.distinctSessions, ONE_DAY) },
    period: ONE_DAY,
  });
  return sum({ audits: reports(metrics, METRIC.counterDrift, ONE_DAY), none }, ONE_DAY);
};

/** The alarms for accepted visits that are not counted, and for audits that do not check the count. */
export const COUNTING_ALARMS: readonly AlarmDescription[] = [
  {
    name: 'projector-errors',
    metric: ({ functions }) => functions.projector.metricErrors(),
    ...REPEATEDLY,
    missing: NOT_BREACHING, // Without visits, it is not called.
    why: 'The projector keeps failing. Its batch is retried, and visits wait to be counted.',
    whatToDo: 'Read the error in the log of the projector and fix its cause.',
  },
  {
    name: 'stream-mapping-down',
    metric: ({ metrics }) => metrics.count(METRIC.streamMappingDown, Duration.minutes(1)),
    ...AT_ONCE,
    threshold: 1,
    // A deployment may take a few minutes to change it, and a single check may fail.
    values: 8,
    of: 10,
    missing: NOT_BREACHING, // It is reported only while it is not enabled.
    why:
      'The event source mapping is disabled or deleted, or the reporter cannot read it. Visits' +
      ' wait; after 24 hours the stream drops them.',
    // The CDK's option; the stack may be that of another app, which another command deploys.
    whatToDo:
      'Read its state in the log of the reporter; a deployment with --revert-drift restores it.',
  },
  {
    name: 'stream-behind',
    metric: ({ functions }) => iteratorAge(functions.projector, FIVE_MINUTES),
    ...AT_ONCE,
    threshold: Duration.minutes(10).toMilliseconds(),
    missing: NOT_BREACHING, // An idle stream has no age.
    why: 'Visits have waited 10 minutes to be counted. None is lost yet.',
    whatToDo: 'Look for errors and throttling of the projector and of the counts table.',
  },
  {
    name: 'stream-expiring',
    metric: ({ functions }) => iteratorAge(functions.projector, FIVE_MINUTES),
    ...AT_ONCE,
    threshold: Duration.hours(6).toMilliseconds(),
    missing: IGNORE, // A pause between two retries of a stuck stream is not a recovery.
    why: 'Visits have waited 6 hours. After 24 hours the stream drops them, and the count is wrong.',
    whatToDo: 'Get the projector running today, before anything else.',
  },
  {
    name: 'counter-drift',
    metric: ({ metrics }) => metrics.gauge(METRIC.counterDrift, FIVE_MINUTES),
    ...AT_ONCE,
    threshold: 1,
    missing: IGNORE, // The result of an audit holds until the next one.
    why: 'The counter and the rows disagree: records of visits or deletions were lost.',
    whatToDo: `Find out since when and why, then correct the counter: ${REBUILD}.`,
  },
  {
    name: 'counter-crowded',
    metric: ({ metrics }) => metrics.gauge(METRIC.counterItemBytes, FIVE_MINUTES),
    ...AT_ONCE,
    threshold: CROWDED_COUNTER_BYTES,
    missing: NOT_BREACHING, // It is reported only while the item is large.
    why:
      'The counter item holds the checkpoints of a great many stream shards. At 400 KB,' +
      ' counting would stop.',
    whatToDo:
      'Watch CounterItemBytes. If it grows towards 400 KB, see counter-crowded in docs/operations.md.',
  },
  {
    name: 'audit-failed',
    metric: ({ functions }) => functions.audit.metricErrors(),
    ...AT_ONCE,
    threshold: 1,
    missing: IGNORE, // Only a successful audit makes up for a failed one.
    why: 'The audit could not compare the rows with the counter, so drift would go unnoticed.',
    whatToDo: 'Read the error in the log of the audit, fix its cause, and invoke the audit again.',
  },
  {
    name: 'audit-missing',
    metric: ({ metrics }) => auditsInADay(metrics),
    applies: ({ isAuditDaily }) => isAuditDaily,
    // Two, because on the first day no audit has run yet.
    ...nothingFor(2),
    missing: NOT_BREACHING, // Then the reporter is silent too, which has its own alarm.
    why: 'No audit has compared the rows with the counter for two days.',
    whatToDo: 'Check that the rule that calls the audit is enabled, then invoke the audit.',
  },
];

import { Duration } from 'aws-cdk-lib';
import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC } from '../../src/metrics/metric-names.ts';
import { CROWDED_COUNTER_BYTES } from '../../src/tables/schema.ts';
import type { AlarmDescription } from './alarm-description.ts';
import { AT_ONCE, nothingFor, REPEATEDLY, sum } from './alarm-description.ts';
import { type CounterMetrics, iteratorAge, reports } from './metrics.ts';

const { IGNORE, NOT_BREACHING } = TreatMissingData;
const FIVE_MINUTES = Duration.minutes(5);
const ONE_DAY = Duration.days(1);

// The reports of the reporter lend the days on which nothing was audited a value: 0.
const auditsInADay = (metrics: CounterMetrics): MathExpression => {
  const none = new MathExpression({
    expression: 'reports * 0',
    usingMetrics: { reports: reports(metrics, METRIC.distinctSessions, ONE_DAY) },
    period: ONE_DAY,
  });
  return sum({ audits: reports(metrics, METRIC.counterDrift, ONE_DAY), none }, ONE_DAY);
};

/** What goes off when visits that were taken are not counted, or when nobody would notice. */
export const COUNTING_ALARMS: readonly AlarmDescription[] = [
  {
    name: 'projector-errors',
    metric: ({ functions }) => functions.projector.metricErrors(),
    ...REPEATEDLY,
    missing: NOT_BREACHING, // Nobody visits, so nothing is called.
    why: 'The projector keeps failing; its batch comes again, and visits wait meanwhile.',
    whatToDo: 'Read the error in the log of the projector and remove its cause.',
  },
  {
    name: 'stream-mapping-down',
    metric: ({ metrics }) => metrics.count(METRIC.streamMappingDown, Duration.minutes(1)),
    ...AT_ONCE,
    threshold: 1,
    // A deployment may take a few minutes over it, and one look at it may fail.
    values: 8,
    of: 10,
    missing: NOT_BREACHING, // It is reported only while it is not enabled.
    why:
      'The mapping of the stream is disabled or gone, or the reporter cannot see it. Visits wait;' +
      ' after 24 hours the stream drops them.',
    whatToDo:
      'Read its state in the log of the reporter; npm run deploy -- --revert-drift puts it back.',
  },
  {
    name: 'stream-behind',
    metric: ({ functions }) => iteratorAge(functions.projector, FIVE_MINUTES),
    ...AT_ONCE,
    threshold: Duration.minutes(10).toMilliseconds(),
    missing: NOT_BREACHING, // An idle stream has no age.
    why: 'Visits wait for 10 minutes until they are counted. None is lost yet.',
    whatToDo: 'Look for errors and throttles of the projector and of the counts table.',
  },
  {
    name: 'stream-expiring',
    metric: ({ functions }) => iteratorAge(functions.projector, FIVE_MINUTES),
    ...AT_ONCE,
    threshold: Duration.hours(6).toMilliseconds(),
    missing: IGNORE, // The pause between two tries of a stream that is stuck is no recovery.
    why: 'Visits wait for 6 hours; after 24 the stream drops them, and the count is wrong.',
    whatToDo: 'Make the projector run today, before anything else.',
  },
  {
    name: 'counter-drift',
    metric: ({ metrics }) => metrics.gauge(METRIC.counterDrift, FIVE_MINUTES),
    ...AT_ONCE,
    threshold: 1,
    missing: IGNORE, // What an audit found is true until the next one.
    why: 'The counter and the rows disagree: records of visits or deletions were lost.',
    whatToDo: 'Find out since when and why, then correct the counter: npm run counter -- rebuild.',
  },
  {
    name: 'counter-crowded',
    metric: ({ metrics }) => metrics.gauge(METRIC.counterItemBytes, FIVE_MINUTES),
    ...AT_ONCE,
    threshold: CROWDED_COUNTER_BYTES,
    missing: NOT_BREACHING, // It is told only while it is crowded.
    why:
      'The counter item holds checkpoints of very many stream shards. At 400 KB no visit could be' +
      ' counted any more.',
    whatToDo: 'See counter-crowded in docs/operations.md while there is time.',
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
    name: 'audit-missing',
    metric: ({ metrics }) => auditsInADay(metrics),
    applies: ({ isAuditDaily }) => isAuditDaily,
    // Two, for on the first day the audit is yet to come.
    ...nothingFor(2),
    missing: NOT_BREACHING, // The reporter is silent as well, which has an alarm of its own.
    why: 'For two days no audit has compared the rows with the counter.',
    whatToDo: 'Look whether the rule that calls the audit is enabled, then invoke the audit.',
  },
];

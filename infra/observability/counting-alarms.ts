import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC } from '../../src/metrics/metric-names.ts';
import { documentedCommandLine } from '../../src/runtime/command-line.ts';
import { CROWDED_COUNTER_BYTES } from '../../src/tables/schema.ts';
import type { AlarmDescription } from './alarm-description.ts';
import { AT_ONCE, REPEATEDLY } from './alarm-description.ts';
import { iteratorAge } from './metrics.ts';

const { IGNORE, NOT_BREACHING } = TreatMissingData;
const FIVE_MINUTES = Duration.minutes(5);

const REBUILD = documentedCommandLine('rebuild');

/** The alarms for accepted visits that are not counted, and for audits that do not check the count. */
export const COUNTING_ALARMS: readonly AlarmDescription[] = [
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
    // An idle stream has no age, and neither has a pause between two retries, which is no recovery.
    missing: IGNORE,
    why:
      'Visits have waited 10 minutes to be counted, because the projector fails or is late. None is' +
      ' lost yet; after 24 hours the stream drops them.',
    whatToDo: 'Read the log of the projector, and fix the cause of its errors today.',
  },
  {
    name: 'projector-throttled',
    metric: ({ functions }) => functions.projector.metricThrottles(),
    ...REPEATEDLY,
    missing: NOT_BREACHING, // Without calls there are no throttles.
    why: 'Lambda throttles the projector: visits wait to be counted.',
    whatToDo: 'Compare the concurrency of the account with its quota, and request a higher one.',
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
    name: 'audit-missing',
    metric: ({ metrics }) => metrics.count(METRIC.auditOverdue),
    applies: ({ isAuditDaily }) => isAuditDaily,
    ...AT_ONCE,
    threshold: 1,
    values: 12,
    of: 12, // An hour: the first audit of a counter may run that much late.
    missing: NOT_BREACHING, // It is reported only while an audit is overdue.
    why: 'No audit has succeeded for more than a day, so drift would go unnoticed.',
    whatToDo: 'Read the error in the log of the audit, fix its cause, and invoke the audit again.',
  },
  {
    name: 'audit-failed',
    metric: ({ functions }) => functions.audit.metricErrors(),
    // The reporter does not know any other schedule, so it cannot tell that an audit is overdue.
    applies: ({ isAuditDaily }) => !isAuditDaily,
    ...AT_ONCE,
    threshold: 1,
    missing: IGNORE, // Only a successful audit makes up for a failed one.
    why: 'The audit could not compare the rows with the counter, so drift would go unnoticed.',
    whatToDo: 'Read the error in the log of the audit, fix its cause, and invoke the audit again.',
  },
];

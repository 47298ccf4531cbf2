/** The CloudWatch namespace of the counter's metrics. */
export const METRIC_NAMESPACE = 'SessionCounter';

/**
 * The dimension that every metric has: the name of its counter. `@aws-lambda-powertools/metrics` calls it
 * `service`.
 */
export const COUNTER_DIMENSION = 'service';

/** The second dimension of `METRIC.refused`; its values are the `REFUSAL_REASONS`. */
export const REASON_DIMENSION = 'reason';

/**
 * The property that lines of `METRIC.refused` with the reason `automation` have: the name of the rule. Not a dimension,
 * because each rule would then be a metric of its own, at 0.30 USD a month.
 */
export const RULE_PROPERTY = 'rule';

/**
 * The second dimension of the counts of a watched counter: its name. Those of the site have none, so that they are
 * the same metrics with and without other counters.
 */
export const WATCHED_DIMENSION = 'counter';

/** The metrics, grouped by the function that emits them. */
export const METRIC = {
  /** ingest and legacy: each visit that was handled; equals `counted` plus all `refused`. */
  visits: 'Visits',
  counted: 'Counted',
  refused: 'Refused',
  /** projector */
  newSessions: 'NewSessions',
  /** projector, only above 0 */
  duplicatesSkipped: 'DuplicatesSkipped',
  malformedRecords: 'MalformedRecords',
  /** projector, only above 0: records that arrived too late to be counted. */
  lateRecords: 'LateRecords',
  /** reporter, once a minute for each watched counter: gauges, which must not be summed. */
  distinctSessions: 'DistinctSessions',
  activeSessions: 'ActiveSessions',
  /** reporter, only when down: 1 for each minute in which the mapping was not confirmed to be enabled. */
  streamMappingDown: 'StreamMappingDown',
  /** reporter, only above `CROWDED_COUNTER_BYTES`: the size of the largest item of a watched counter. */
  counterItemBytes: 'CounterItemBytes',
  /** reporter, only when overdue: 1 for each minute in which the last audit was too long ago. */
  auditOverdue: 'AuditOverdue',
  /** audit, once a day: sessions and removals that the counter lacks; 0 when it matches the rows. */
  counterDrift: 'CounterDrift',
  /** audit: possible error of the drift: rows that were added or deleted during the scan. */
  driftUncertainty: 'DriftUncertainty',
} as const;

/** Metrics that are only emitted when something is wrong: a metric without data costs nothing. */
export const RARE_METRICS: readonly string[] = [
  METRIC.duplicatesSkipped,
  METRIC.malformedRecords,
  METRIC.lateRecords,
  METRIC.streamMappingDown,
  METRIC.counterItemBytes,
  METRIC.auditOverdue,
];

/**
 * Metrics that are emitted once a day: CloudWatch bills a metric for the hours in which it gets a value.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export const DAILY_METRICS: readonly string[] = [METRIC.counterDrift, METRIC.driftUncertainty];

/** A metric's name in CloudWatch. */
export type MetricName = (typeof METRIC)[keyof typeof METRIC];

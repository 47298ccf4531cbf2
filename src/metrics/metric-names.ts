/** The CloudWatch namespace of the counter's own metrics. */
export const METRIC_NAMESPACE = 'SessionCounter';

/**
 * The dimension that every metric has: which counter it is of. Its name is the one that
 * `@aws-lambda-powertools/metrics` gives it.
 */
export const COUNTER_DIMENSION = 'service';

/** The second dimension of `METRIC.refused`; its values are the `REFUSAL_REASONS`. */
export const REASON_DIMENSION = 'reason';

/** The metrics, by the step of the data flow that emits them. */
export const METRIC = {
  /** ingest: each POST that it came to an end with; as many as `counted` and all `refused`. */
  visits: 'Visits',
  counted: 'Counted',
  refused: 'Refused',
  /** projector */
  newSessions: 'NewSessions',
  duplicatesSkipped: 'DuplicatesSkipped',
  malformedRecords: 'MalformedRecords',
  /** projector, only when there are some: records that came too late to be counted. */
  lateRecords: 'LateRecords',
  /** projector, seconds: how long the last record of a batch waited until it was counted. */
  projectionLag: 'ProjectionLag',
  /** reporter, once a minute: gauges, so never to be summed. */
  distinctSessions: 'DistinctSessions',
  activeSessions: 'ActiveSessions',
  /** reporter: 1 in each minute in which the stream's mapping was not seen to be enabled, else none. */
  streamMappingDown: 'StreamMappingDown',
  /** reporter, only when it is crowded: the size of the counter item. */
  counterItemBytes: 'CounterItemBytes',
  /** audit, once a day: sessions and removals that the counter lacks; 0 when rows and counter agree. */
  counterDrift: 'CounterDrift',
  /** audit: by how much the drift may be wrong, since rows came or went while they were read. */
  driftUncertainty: 'DriftUncertainty',
} as const;

/** Metrics that are only sent when there is something to tell: one that nobody sends costs nothing. */
export const RARE_METRICS: readonly string[] = [
  METRIC.lateRecords,
  METRIC.streamMappingDown,
  METRIC.counterItemBytes,
];

/** A metric's name as CloudWatch knows it. */
export type MetricName = (typeof METRIC)[keyof typeof METRIC];

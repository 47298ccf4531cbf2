/** What the bill takes for granted; what can be measured here is in `MeasuredUnits` instead. */
export interface Assumptions {
  /** Which part of the visits are the first of their session, 0 to 1. */
  readonly newShare: number;
  /** GET /counts for each visit: those of a page with the widget that is looked at for a minute. */
  readonly readsPerVisit: number;
  readonly activeWindowHours: number;
  /** The setting of the same name. */
  readonly activeReadUnitsPerSecond: number;
  readonly retentionDays: number;
  /** Shards of the stream that are open at once. */
  readonly openShards: number;
  /** Billed time of one call, milliseconds. */
  readonly callMs: Readonly<Record<'ingest' | 'query' | 'projector' | 'reporter', number>>;
  /** Billed time of the audit for each million bytes of rows, milliseconds. */
  readonly auditMsPerMegabyte: number;
  /** Containers of ingest that start in an hour, at most; each reads the key once. */
  readonly keyReadsPerHour: number;
  /** Of each line of the access log: an answer as it is written by the format of infra/api.ts. */
  readonly accessLogBytes: number;
  /** What CloudWatch adds to each line of a log, bytes. */
  readonly logLineOverhead: number;
  readonly logRetentionDays: number;
  /** What DynamoDB adds to each stored row and index entry, bytes. */
  readonly storageOverhead: number;
  /** Body and headers of an answer, bytes. */
  readonly answerBytes: number;
  /** Reasons for which visits are refused; each is a metric of its own. */
  readonly refusalReasons: number;
  /** Metrics that the alarms look at, of which three alarms have two: infra/observability. */
  readonly alarmMetrics: number;
}

/** Hours of a month, as AWS reckons. */
export const MONTH_HOURS = 730;

export const ASSUMPTIONS: Assumptions = {
  newShare: 0.5,
  readsPerVisit: 4,
  activeWindowHours: 1,
  activeReadUnitsPerSecond: 5,
  retentionDays: 395,
  openShards: 4,
  callMs: { ingest: 15, query: 15, projector: 20, reporter: 50 },
  auditMsPerMegabyte: 100,
  keyReadsPerHour: 10,
  accessLogBytes: 185,
  logLineOverhead: 26,
  logRetentionDays: 14,
  storageOverhead: 100,
  answerBytes: 1_000,
  refusalReasons: 2,
  alarmMetrics: 17,
};

import { FUNCTION_LIMITS } from '../../infra/props/function-limits.ts';
import { INTEGER_RANGES } from '../../src/settings/allowed-values.ts';
import { cachedQueryTime, timesWith } from './call-times.ts';

/** The assumptions of the bill; whatever can be measured here is in `MeasuredUnits` instead. */
export interface Assumptions {
  /**
   * The number of pages that have a counter of their own: each visit is counted for the site and for one of them,
   * as the first of its session on this page. 0 if there is only the site's counter.
   */
  readonly pages: number;
  /** The edge locations of CloudFront that visitors use; 0 without CloudFront in front of the API. */
  readonly edgeLocations: number;
  /** The share of visits that are the first of their session, 0 to 1. */
  readonly newShare: number;
  /**
   * GET /counts per visit: the requests of a page of a configured origin that is viewed for a minute, if
   * every new reader comes a moment after the counter has counted another one.
   */
  readonly readsPerVisit: number;
  /** The share of visits whose browser still has the widget in its cache, 0 to 1. */
  readonly cachedWidgetShare: number;
  readonly activeWindowHours: number;
  /** The setting of the same name. */
  readonly activeReadUnitsPerSecond: number;
  readonly retentionDays: number;
  /** Shards of the stream that are open at once. */
  readonly openShards: number;
  /** The setting of the same name. */
  readonly batchingWindowSeconds: number;
  /** Billed time of a call of a container that has run before, milliseconds. */
  readonly callMs: Readonly<
    Record<'ingest' | 'query' | 'cachedQuery' | 'widget' | 'projector' | 'reporter', number>
  >;
  /** Billed time of the start of a container and of its first call, milliseconds. */
  readonly startMs: Readonly<Record<StartedFunction, number>>;
  /** How long a container without calls is kept, seconds. */
  readonly keptSeconds: number;
  /** After how many hours Lambda replaces a container that is in use. */
  readonly replacedHours: number;
  /** Billed time of the audit per million bytes of rows, milliseconds. */
  readonly auditMsPerMegabyte: number;
  /** The maximum number of ingest containers started per hour; each decrypts the key once. */
  readonly keyReadsPerHour: number;
  /** Bytes per line of the access log, in the format of infra/api.ts. */
  readonly accessLogBytes: number;
  /** What CloudWatch adds to each log line, bytes. */
  readonly logLineOverhead: number;
  readonly logRetentionDays: number;
  /** What DynamoDB adds to each stored row and index entry, bytes. */
  readonly storageOverhead: number;
  /** Body and headers of a response, bytes. */
  readonly answerBytes: number;
  /** The same for the widget, gzipped. */
  readonly widgetBytes: number;
  /** The number of reasons for which visits are refused; each is a separate metric. */
  readonly refusalReasons: number;
  /** The number of metrics with alarms, one for each alarm: infra/observability. */
  readonly alarmMetrics: number;
}

/** The functions whose starts are in the bill. The audit starts once a day, which is too little to count. */
export type StartedFunction = 'ingest' | 'query' | 'projector' | 'reporter';

/** Hours in a month, by AWS's definition. */
export const MONTH_HOURS = 730;

const timesOf = (name: StartedFunction) => timesWith(name, FUNCTION_LIMITS[name].memoryMegabytes);
const laterMs = (name: StartedFunction): number => Math.round(timesOf(name).later);
const coldMs = (name: StartedFunction): number =>
  Math.round(timesOf(name).start + timesOf(name).first);

export const ASSUMPTIONS: Assumptions = {
  pages: 0,
  edgeLocations: 0,
  newShare: 0.5,
  readsPerVisit: 1.5,
  // Half of the visits that are not the first of their session.
  cachedWidgetShare: 0.25,
  activeWindowHours: 1,
  activeReadUnitsPerSecond: INTEGER_RANGES.ACTIVE_READ_UNITS_PER_SECOND.default,
  retentionDays: 395,
  openShards: 4,
  callMs: {
    ingest: laterMs('ingest'),
    query: laterMs('query'),
    cachedQuery: Math.round(cachedQueryTime(FUNCTION_LIMITS.query.memoryMegabytes)),
    widget: 2,
    projector: laterMs('projector'),
    reporter: laterMs('reporter'),
  },
  startMs: {
    ingest: coldMs('ingest'),
    query: coldMs('query'),
    projector: coldMs('projector'),
    reporter: coldMs('reporter'),
  },
  keptSeconds: 300,
  replacedHours: 2,
  batchingWindowSeconds: 1,
  auditMsPerMegabyte: 100,
  keyReadsPerHour: 10,
  accessLogBytes: 185,
  logLineOverhead: 26,
  logRetentionDays: 14,
  storageOverhead: 100,
  answerBytes: 1_000,
  widgetBytes: 2_300,
  refusalReasons: 2,
  alarmMetrics: 10,
};

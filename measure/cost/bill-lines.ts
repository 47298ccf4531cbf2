import { DAILY_METRICS, METRIC, RARE_METRICS } from '../../src/metrics/metric-names.ts';
import { type Assumptions, MONTH_HOURS } from './assumptions.ts';
import type { Basis } from './basis.ts';
import { indexCounts, unitsOfIndex, unitsOfPageIndexes } from './index-counts.ts';
import { gigabyteSeconds } from './lambda-time.ts';
import type { MeasuredUnits } from './measured-units.ts';
import { PRICES, type Use } from './prices.ts';
import type { Workload } from './workload.ts';

/** What each service charges for in a month, without what CloudFront adds. */
export const BILL_LINES: Readonly<Record<string, (basis: Basis) => Use[]>> = {
  'HTTP API': ({ work }) => [[PRICES.httpRequests, requestsOf(work)]],
  'Data transfer': ({ work, assumptions }) => [
    // What CloudFront fetches of AWS costs nothing.
    [PRICES.transfer, work.edge ? 0 : gigabytes(sentBytes(work, assumptions))],
  ],
  Lambda: (basis) => [
    [PRICES.lambdaRequests, invocationsOf(basis.work)],
    [PRICES.lambdaDuration, gigabyteSeconds(basis)],
  ],
  'DynamoDB: session writes, index included': ({ work, units }) => [
    [
      PRICES.writeUnits,
      work.newVisits * units.newVisit +
        (work.visits - work.newVisits) * units.repeatVisit +
        work.pages.newVisits * units.page.newVisit,
    ],
  ],
  'DynamoDB: counter writes': ({ work, units }) => [
    [PRICES.writeUnits, work.counterWrites * units.counterWrite],
  ],
  'DynamoDB: reads of the counts': ({ work, units, assumptions }) => [
    [PRICES.readUnits, unitsOfReads({ work, units, assumptions })],
  ],
  'DynamoDB: reads of the audit': ({ work, units }) => [
    [
      PRICES.readUnits,
      work.audits * (work.rows * units.auditPerRow + work.pages.rows * units.page.auditPerRow),
    ],
  ],
  'DynamoDB: storage and recovery': (basis) => {
    const table = gigabytes(storedBytes(basis, 'rowBytes'));
    const index = gigabytes(storedBytes(basis, 'indexEntryBytes'));
    return [
      [PRICES.storage, table + index],
      [PRICES.recovery, table],
    ];
  },
  'KMS: decrypting the hash key': ({ work, assumptions }) => [
    [PRICES.keyRequests, Math.min(work.visits, assumptions.keyReadsPerHour * MONTH_HOURS)],
  ],
  'CloudWatch: logs': ({ work, units, assumptions }) => {
    const written = gigabytes(logBytes(work, units, assumptions));
    const months = (assumptions.logRetentionDays * 24) / MONTH_HOURS;
    return [
      [PRICES.logs, written],
      [PRICES.logStorage, written * months],
    ];
  },
  'CloudWatch: metrics': ({ assumptions }) => [[PRICES.metrics, metricMonths(assumptions)]],
  'CloudWatch: alarms': ({ assumptions }) => [[PRICES.alarms, assumptions.alarmMetrics]],
  'CloudWatch: dashboard': () => [[PRICES.dashboards, 1]],
};

/**
 * A metric is billed for the hours in which it gets a value. Rare ones hardly ever do, and that of refused
 * visits exists only per reason.
 */
const metricMonths = ({ refusalReasons }: Assumptions): number => {
  const hourly = Object.keys(METRIC).length - RARE_METRICS.length - DAILY_METRICS.length - 1;
  return hourly + refusalReasons + DAILY_METRICS.length / 24;
};

const gigabytes = (bytes: number): number => bytes / 1e9;

const requestsOf = ({ visits, reads, widgetLoads }: Workload): number =>
  visits + reads + widgetLoads;

const invocationsOf = (work: Workload): number =>
  requestsOf(work) + work.batches + work.reports + work.audits;

const sentBytes = (
  { visits, reads, widgetLoads }: Workload,
  { answerBytes, widgetBytes }: Assumptions,
): number => (visits + reads) * answerBytes + widgetLoads * widgetBytes;

const storedBytes = (
  { work, units, assumptions: { storageOverhead } }: Basis,
  kind: 'rowBytes' | 'indexEntryBytes',
): number =>
  work.rows * (units[kind] + storageOverhead) +
  work.pages.rows * (units.page[kind] + storageOverhead);

/** The units of every read of the totals, and of the index queries that the budget allows. */
const unitsOfReads = (basis: Basis): number => {
  const { work, units } = basis;
  const pageReads = work.pages.count > 0 ? work.reads : 0;
  return (
    (work.reads + work.reports) * units.counterRead +
    (indexCounts(basis) + work.reports) * unitsOfIndex(basis) +
    pageReads * units.page.counterRead +
    unitsOfPageIndexes(basis)
  );
};

const logBytes = (
  work: Workload,
  { lineBytes, page }: MeasuredUnits,
  { accessLogBytes, logLineOverhead }: Assumptions,
): number =>
  work.visits * (lineBytes.visit + logLineOverhead) +
  requestsOf(work) * (accessLogBytes + logLineOverhead) +
  work.batches * (lineBytes.batch + logLineOverhead) +
  work.reports * (lineBytes.report + logLineOverhead) +
  work.audits * (lineBytes.audit + logLineOverhead) +
  work.pages.newVisits * page.lineBytes.visit +
  Math.min(work.batches, work.pages.count * work.batches) * page.lineBytes.batch;

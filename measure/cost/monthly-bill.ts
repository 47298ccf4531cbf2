import { FUNCTION_LIMITS } from '../../infra/props/function-limits.ts';
import { DAILY_METRICS, METRIC, RARE_METRICS } from '../../src/metrics/metric-names.ts';
import { MAX_AGE_MS } from '../../src/query/reading-cache.ts';
import type { FunctionName } from '../../src/settings/function-name.ts';
import { type Assumptions, MONTH_HOURS } from './assumptions.ts';
import type { MeasuredUnits } from './measured-units.ts';
import { PRICES, type Price } from './prices.ts';
import { type Workload, workloadOf } from './workload.ts';

/** One line of the bill, USD per month. */
export interface BillLine {
  readonly service: string;
  readonly listUsd: number;
  /** After the monthly free tier of every account. */
  readonly usd: number;
}

interface Basis {
  readonly work: Workload;
  readonly units: MeasuredUnits;
  readonly assumptions: Assumptions;
}

type Use = readonly [price: Price, quantity: number];

/** The bill for `visits` per month. A price with a free tier occurs in one line only. */
export const monthlyBill = (
  visits: number,
  units: MeasuredUnits,
  assumptions: Assumptions,
): BillLine[] => {
  const basis = { work: workloadOf(visits, assumptions), units, assumptions };
  return Object.entries(LINES).map(([service, uses]) => billLine(service, uses(basis)));
};

/** The sum of all lines, USD per month. */
export const totalOf = (lines: readonly BillLine[], kind: 'listUsd' | 'usd'): number =>
  lines.reduce((sum, line) => sum + line[kind], 0);

const billLine = (service: string, uses: readonly Use[]): BillLine => ({
  service,
  listUsd: uses.reduce((sum, [price, quantity]) => sum + charge(price, quantity), 0),
  usd: uses.reduce((sum, [price, quantity]) => sum + charge(price, quantity - price.free), 0),
});

const charge = ({ usd, per }: Price, quantity: number): number =>
  (Math.max(0, quantity) / per) * usd;

const LINES: Readonly<Record<string, (basis: Basis) => Use[]>> = {
  'HTTP API': ({ work }) => [[PRICES.httpRequests, requestsOf(work)]],
  'Data transfer': ({ work, assumptions }) => [
    [PRICES.transfer, gigabytes(sentBytes(work, assumptions))],
  ],
  Lambda: ({ work, units, assumptions }) => [
    [PRICES.lambdaRequests, requestsOf(work) + work.batches + work.reports + work.audits],
    [PRICES.lambdaDuration, gigabyteSeconds(work, units, assumptions)],
  ],
  'DynamoDB: session writes, index included': ({ work, units }) => [
    [
      PRICES.writeUnits,
      work.newVisits * units.newVisit + (work.visits - work.newVisits) * units.repeatVisit,
    ],
  ],
  'DynamoDB: counter writes': ({ work, units }) => [
    [PRICES.writeUnits, work.batches * units.counterWrite],
  ],
  'DynamoDB: reads of the counts': ({ work, units, assumptions }) => [
    [PRICES.readUnits, unitsOfReads({ work, units, assumptions })],
  ],
  'DynamoDB: reads of the audit': ({ work, units }) => [
    [PRICES.readUnits, work.audits * work.rows * units.auditPerRow],
  ],
  'DynamoDB: storage and recovery': ({ work, units, assumptions }) => {
    const { storageOverhead } = assumptions;
    const table = gigabytes(work.rows * (units.rowBytes + storageOverhead));
    const index = gigabytes(work.rows * (units.indexEntryBytes + storageOverhead));
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

const sentBytes = (
  { visits, reads, widgetLoads }: Workload,
  { answerBytes, widgetBytes }: Assumptions,
): number => (visits + reads) * answerBytes + widgetLoads * widgetBytes;

/** The units of every read of the total, and of the index queries that the budget allows. */
const unitsOfReads = ({ work, units, assumptions }: Basis): number => {
  const emptyIndex = units.countsRead - units.counterRead;
  const index = emptyIndex + work.activeSessions * units.countsReadPerActive;
  const counts = indexQueries(work, assumptions, index);
  return (work.reads + work.reports) * units.counterRead + (counts + work.reports) * index;
};

/**
 * How often the query function counts the active sessions, at `index` units each: a container serves a count
 * until it expires, and counts again for its next request, as `src/query/reading-cache.ts` does.
 */
const indexQueries = (work: Workload, assumptions: Assumptions, index: number): number => {
  const containerSeconds = queryContainers(work, assumptions) * MONTH_SECONDS;
  const servedSeconds = Math.min(index / assumptions.activeReadUnitsPerSecond, MAX_AGE_SECONDS);
  const secondsToNextRequest = containerSeconds / work.reads;
  return containerSeconds / (servedSeconds + secondsToNextRequest);
};

const MAX_AGE_SECONDS = MAX_AGE_MS / 1_000;
const MONTH_SECONDS = MONTH_HOURS * 3_600;

/** The number of busy containers, plus one for occasional concurrent requests; they share the requests evenly. */
const queryContainers = ({ reads }: Workload, { callMs }: Assumptions): number =>
  Math.ceil((reads / MONTH_SECONDS) * (callMs.query / 1_000)) + 1;

const gigabyteSeconds = (
  { visits, reads, widgetLoads, batches, reports, audits, rows }: Workload,
  { rowBytes }: MeasuredUnits,
  { callMs, auditMsPerMegabyte }: Assumptions,
): number => {
  const milliseconds = {
    ingest: visits * callMs.ingest,
    query: reads * callMs.query + widgetLoads * callMs.widget,
    projector: batches * callMs.projector,
    reporter: reports * callMs.reporter,
    audit: ((audits * rows * rowBytes) / 1e6) * auditMsPerMegabyte,
  };
  return Object.entries(milliseconds).reduce(
    (sum, [name, ms]) => sum + (memoryOf(name as keyof typeof milliseconds) / 1024) * (ms / 1000),
    0,
  );
};

const memoryOf = (name: FunctionName): number => FUNCTION_LIMITS[name].memoryMegabytes;

const logBytes = (
  work: Workload,
  { lineBytes }: MeasuredUnits,
  { accessLogBytes, logLineOverhead }: Assumptions,
): number =>
  work.visits * (lineBytes.visit + logLineOverhead) +
  requestsOf(work) * (accessLogBytes + logLineOverhead) +
  work.batches * (lineBytes.batch + logLineOverhead) +
  work.reports * (lineBytes.report + logLineOverhead) +
  work.audits * (lineBytes.audit + logLineOverhead);

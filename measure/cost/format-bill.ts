import { HISTORY_DAYS } from '../../src/domain/counter.ts';
import { CHECKPOINT_LIFETIME_SECONDS } from '../../src/domain/counter-change.ts';
import { integer, markdownList, markdownTable } from '../markdown.ts';
import { type Assumptions, MONTH_HOURS } from './assumptions.ts';
import { billTable, EDGE_LOCATIONS, VOLUMES } from './bill-table.ts';
import { budgetTable } from './budget-table.ts';
import { REQUEST_MS, RUNTIME_START_MS } from './call-times.ts';
import { edgeTable } from './edge-table.ts';
import type { MeasuredUnits } from './measured-units.ts';
import { memoryTable } from './memory-table.ts';
import { PRICES, type Price } from './prices.ts';
import { windowTable } from './window-table.ts';
import { workloadOf } from './workload.ts';

/** The monthly cost of the counter as Markdown: the bills, what they are based on, and the prices. */
export const formatBill = (units: MeasuredUnits, assumptions: Assumptions): string =>
  [
    billTable(units, assumptions),
    windowTable(units, assumptions),
    memoryTable(),
    budgetTable(units, assumptions),
    edgeTable(units, assumptions),
    markdownList(
      'Measured, by the functions themselves on the embedded DynamoDB:',
      measured(units),
    ),
    markdownList('Assumed:', assumed(assumptions)),
    priceTable(),
  ].join('\n\n');

const measured = (units: MeasuredUnits): string[] => [
  `a new visit writes ${units.newVisit} units, a later one of the same session ${units.repeatVisit}`,
  `a batch of the projector writes ${units.counterWrite} units, whatever its size`,
  `reading both counts takes ${units.countsRead} units, ${units.counterRead} of them for the total, plus ${units.countsReadPerActive} per active session`,
  `an audit reads ${units.auditPerRow} units for each row`,
  `a row has ${units.rowBytes} bytes, its entry in the index ${units.indexEntryBytes}`,
  `the counter of a page adds to that of the site: ${units.page.newVisit} units for a visit, ${units.page.countsRead} for reading both counts, ${units.page.counterRead} of them for the total, plus ${units.page.countsReadPerActive} per active session; ${units.page.rowBytes} bytes of a row, ${units.page.indexEntryBytes} in the index; and to the log ${units.page.lineBytes.visit} bytes for a visit, ${units.page.lineBytes.batch} for a batch`,
  `the log grows by ${units.lineBytes.visit} bytes for a visit, ${units.lineBytes.batch} for a batch, ${units.lineBytes.report} for a report`,
];

const assumed = (assumptions: Assumptions): string[] => {
  const { callMs, startMs, readsPerVisit, cachedWidgetShare, openShards } = assumptions;
  const busiest = workloadOf(Math.max(...VOLUMES), assumptions);
  return [
    `${assumptions.newShare * 100} % of the visits are the first of their session; visits are spread evenly over a month of ${MONTH_HOURS} hours`,
    `a visit is one POST /sessions and ${readsPerVisit} GET /counts, as a page of a configured origin sends them in a minute: one, and a second one for each new visitor, as if another one had always been counted a moment before. With \`allowedOrigins\` \`*\` it is 3`,
    'where pages have counters, each visit is counted for the site and for one page, as the first of its session on that page; the visits are spread evenly over the pages. The calls take as long as for the site alone, and a page has the whole budget of read units, so this row is an upper limit for all but the time of the calls',
    `${cachedWidgetShare * 100} % of the visits, half of those that are not the first of their session, find the widget in the browser's cache; the others are one GET /widget.js`,
    `each visit is a session that is active for ${assumptions.activeWindowHours} hour: ${integer(busiest.activeSessions)} at ${integer(busiest.visits)} visits`,
    `each container of the query function serves a count of the active sessions until a budget of ${assumptions.activeReadUnitsPerSecond} read unit${assumptions.activeReadUnitsPerSecond === 1 ? '' : 's'} a second allows the next one, for a minute at most, and counts again at its next request; no touch interval is set`,
    `the counter is in a steady state: a row is kept for ${assumptions.retentionDays} days, and as many rows expire as are added (expiry is free); ${integer(busiest.rows)} rows at ${integer(busiest.visits)} visits`,
    `the projector is invoked for each row that is added or expires, with all that arrive within ${assumptions.batchingWindowSeconds} s in the same shard, with ${openShards} open shards; the counter item has ${HISTORY_DAYS} days with removals and the checkpoints of ${CHECKPOINT_LIFETIME_SECONDS / 3600} hours`,
    `Lambda bills ${callMs.ingest} ms for a visit, ${callMs.query} ms for a read that counts the active sessions, ${callMs.cachedQuery} ms for one that finds their number in the cache, ${callMs.projector} ms for a batch, ${callMs.reporter} ms for a report: the CPU measured here, at the share of a vCPU that the memory brings, and ${REQUEST_MS} ms for each request that a call waits for. It also bills ${callMs.widget} ms for the widget, and ${assumptions.auditMsPerMegabyte} ms for each MB of an audit. Not measured on AWS`,
    `a container that starts, with its first call, is billed ${startMs.ingest} ms by ingest, ${startMs.query} ms by query, ${startMs.projector} ms by the projector and ${startMs.reporter} ms by the reporter, ${RUNTIME_START_MS} ms of each for the runtime. A container is given up after ${assumptions.keptSeconds / 60} minutes without a call and replaced after ${assumptions.replacedHours} hours, and two of each function are in use at once: ${VOLUMES.map((visits) => startsAt(visits, assumptions)).join(', ')} starts of ingest at ${VOLUMES.map(integer).join(', ')} visits`,
    `a line of the access log has ${assumptions.accessLogBytes} bytes, each line of a log ${assumptions.logLineOverhead} more; logs are kept for ${assumptions.logRetentionDays} days and calculated uncompressed`,
    `a response has ${integer(assumptions.answerBytes)} bytes with its headers, the widget ${integer(assumptions.widgetBytes)}`,
    `visits are refused for ${assumptions.refusalReasons} reasons; ${assumptions.alarmMetrics} metrics have alarms; a metric gets values in every hour, those of the audit in one hour a day, and those that report a fault in none`,
    `the hash key is in a standard parameter of Systems Manager, encrypted with the key aws/ssm: both are free. It is read and decrypted ${assumptions.keyReadsPerHour} times an hour at most`,
    `behind CloudFront, visitors use ${EDGE_LOCATIONS} edge locations evenly, in the United States and Europe. Each keeps an answer of GET /counts for half as long as a container serves a count of the active sessions, because on average half of that time has passed when it asks, and the widget for a day. All requests run the function that takes the prefix off the path. Two containers of ingest and of query read two versions of the secret every five minutes`,
    'no domain, no web page, no tax, and nothing else in the account that uses up what is free',
  ];
};

const startsAt = (visits: number, assumptions: Assumptions): string =>
  integer(workloadOf(visits, assumptions).starts.ingest);

const priceTable = (): string =>
  markdownTable(
    ['price in us-east-1', 'USD', 'for', 'always free a month'],
    Object.values<Price>(PRICES).map(({ name, usd, per, unit, free, link }) => [
      `[${name}](${link})`,
      String(usd),
      `${integer(per)} ${unit}`,
      free === 0 ? '' : integer(free),
    ]),
  );

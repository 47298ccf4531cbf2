import { describe, expect, it } from 'vitest';
import { ASSUMPTIONS, type Assumptions, MONTH_HOURS } from '../../../measure/cost/assumptions.ts';
import { behindEdge } from '../../../measure/cost/behind-edge.ts';
import type { MeasuredUnits } from '../../../measure/cost/measured-units.ts';
import { monthlyBill, totalOf } from '../../../measure/cost/monthly-bill.ts';
import { workloadOf } from '../../../measure/cost/workload.ts';

const UNITS: MeasuredUnits = {
  newVisit: 2,
  repeatVisit: 3,
  counterWrite: 6,
  countsRead: 3,
  counterRead: 1,
  countsReadPerActive: 0.01,
  auditPerRow: 0.03,
  rowBytes: 140,
  indexEntryBytes: 84,
  lineBytes: { visit: 250, batch: 400, report: 300, audit: 200 },
  page: {
    ...{ newVisit: 4, countsRead: 3, counterRead: 1, countsReadPerActive: 0.02 },
    ...{ auditPerRow: 0.05, rowBytes: 200, indexEntryBytes: 100 },
    lineBytes: { visit: 10, batch: 20 },
  },
};

// Round numbers, for a bill that can be calculated by hand.
const ROUND: Assumptions = {
  pages: 0,
  edgeLocations: 0,
  newShare: 0.5,
  readsPerVisit: 2,
  cachedWidgetShare: 0.5,
  activeWindowHours: 1,
  activeReadUnitsPerSecond: 5,
  retentionDays: 365,
  openShards: 4,
  batchingWindowSeconds: 0,
  callMs: { ingest: 10, query: 20, cachedQuery: 10, widget: 2, projector: 20, reporter: 20 },
  startMs: { ingest: 30_000, query: 40_000, projector: 50_000, reporter: 60_000 },
  keptSeconds: 300,
  replacedHours: 2,
  auditMsPerMegabyte: 100,
  keyReadsPerHour: 10,
  accessLogBytes: 274,
  logLineOverhead: 26,
  logRetentionDays: 14,
  storageOverhead: 100,
  answerBytes: 1_000,
  widgetBytes: 2_000,
  refusalReasons: 2,
  alarmMetrics: 12,
};

const inCents = (usd: number): number => Math.round(usd * 100) / 100;

describe('a bill', () => {
  it('is right to the cent for 7.3 million visits, as calculated by hand', () => {
    // 14,600,000 reads, 3,650,000 loads of the widget, 3,650,000 new sessions, 7,300,000 batches, 43,800 reports, 30.4 audits,
    // 10,000 active sessions, 43,800,000 rows.
    const bill = monthlyBill(7_300_000, UNITS, ROUND);
    const list = bill.map(({ service, listUsd }) => [service, inCents(listUsd)]);
    expect(Object.fromEntries(list)).toEqual({
      'HTTP API': 25.55, // 25.55 M requests
      'Data transfer': 2.63, // 21.9 GB, and 7.3 of the widget
      // 32.8938 M requests are 6.58. 73,000 s of visits; 143,468 s of cached reads, 5,064 of others and 7,300
      // of the widget; 146,000 s of batches; 876 of reports; 18,651.5 of audits (6,132 MB each). 730 starts
      // of ingest, query and projector each, and 365 of the reporter: 21,900, 29,200, 36,500 and 21,900 s. At
      // half a GB, the reporter at a quarter: 246,236 GB-s, or 3.28.
      Lambda: 9.86,
      'DynamoDB: session writes, index included': 11.41, // 18.25 M units
      'DynamoDB: counter writes': 27.38, // 43.8 M units
      // 14.6438 M reads of the total; 43,800 reports that query the index, 102 units each; and two
      // containers of query for 2,628,000 seconds, which serve a count for 20.4 s, wait 0.36 s for the next
      // request, and count again: 253,179 times. 44.9357 M units.
      'DynamoDB: reads of the counts': 5.62,
      'DynamoDB: reads of the audit': 5, // 39.9675 M units
      'DynamoDB: storage and recovery': 6.75, // 18.5712 GB, 10.512 of them in the table
      'KMS: decrypting the hash key': 0.02, // 7,300 times
      // 2.0148 GB of visits, 7.665 of accesses, 3.1098 of batches, 0.01428 of reports: 12.80387 GB.
      'CloudWatch: logs': 6.58,
      'CloudWatch: metrics': 2.13, // 5, 2 reasons, and 2 of the audit in one hour of 24
      'CloudWatch: alarms': 1.2,
      'CloudWatch: dashboard': 3,
    });
    // The sum of the unrounded lines.
    expect(inCents(totalOf(bill, 'listUsd'))).toBe(107.1);
  });

  it('deducts the free tier of every account, and nothing else', () => {
    const bill = monthlyBill(7_300_000, UNITS, ROUND);
    const free = bill.map(({ service, listUsd, usd }) => [service, inCents(listUsd - usd)]);
    expect(Object.fromEntries(free.filter(([, difference]) => difference !== 0))).toEqual({
      'Data transfer': 2.63, // all 29.2 GB of 100
      Lambda: 3.48, // a million requests, and all of the time
      'DynamoDB: storage and recovery': 4.64, // all of the storage; recovery is not free
      'KMS: decrypting the hash key': 0.02,
      'CloudWatch: logs': 2.65, // 5 GB written, and 5 kept
      'CloudWatch: metrics': 2.13,
      'CloudWatch: alarms': 1,
      'CloudWatch: dashboard': 3,
    });
  });

  it('of a site with few active sessions has an index query for almost each read', () => {
    // 73,000 visits: 146,000 reads, 100 active, so 3 units in the index, which are served for 0.6 s. Each of two
    // containers has a request every 36 seconds.
    const queries = (2 * 2_628_000) / 36.6;
    expect(queries / 146_000).toBeGreaterThan(0.98);
    const bill = monthlyBill(73_000, UNITS, ROUND);
    const reads = bill.find(({ service }) => service === 'DynamoDB: reads of the counts');
    expect(reads?.listUsd).toBeCloseTo(((146_000 + queries * 3 + 43_800 * 4) * 0.125) / 1e6, 10);
  });

  it('of a site with very many active sessions has an index query a minute in each container', () => {
    // 730 million visits: 1,000,000 active, so 10,002 units in the index, and 1.46 billion reads by seven containers.
    const bill = monthlyBill(730_000_000, UNITS, ROUND);
    const reads = bill.find(({ service }) => service === 'DynamoDB: reads of the counts');
    const queries = (7 * 2_628_000) / 60;
    const units = 1_460_000_000 + 43_800 + (queries + 43_800) * 10_002;
    expect((reads?.listUsd ?? 0) / ((units * 0.125) / 1e6)).toBeCloseTo(1, 3);
  });

  it('of a site whose 100 pages have counters adds what each visit of a page takes', () => {
    const [site, pages] = [0, 100].map((count) =>
      Object.fromEntries(
        monthlyBill(7_300_000, UNITS, { ...ROUND, pages: count }).map((line) => [
          line.service,
          line.listUsd,
        ]),
      ),
    );
    const added = (service: string): number => (pages?.[service] ?? 0) - (site?.[service] ?? 0);
    expect(added('HTTP API')).toBe(0);
    expect(added('DynamoDB: session writes, index included')).toBeCloseTo(7.3 * 4 * 0.625);
    // Without a window, a batch for each row that is added or expires.
    expect(added('DynamoDB: counter writes')).toBeCloseTo(2 * 7.3 * 6 * 0.625);
    // 87.6 million rows in 365 days, read 30.4 times.
    expect(added('DynamoDB: reads of the audit')).toBeCloseTo((365 / 12) * 87.6 * 0.05 * 0.125);
    expect(added('DynamoDB: storage and recovery')).toBeCloseTo(
      87.6e-3 * (300 * 0.25 + 200 * 0.25 + 300 * 0.2),
    );
    // 146,000 reads of each page, 100 active; so 4 units in the index, served for 0.8 s; two containers each
    // have a request every 36 seconds.
    const queries = (100 * 2 * 2_628_000) / (0.8 + (2 * 2_628_000) / 146_000);
    expect(added('DynamoDB: reads of the counts')).toBeCloseTo(
      ((14_600_000 + queries * 4) * 0.125) / 1e6,
    );
  });

  it('never falls with more visits', () => {
    const volumes = [0, 1, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
    const bills = volumes.map((visits) => monthlyBill(visits, UNITS, ASSUMPTIONS));
    for (const [place, bill] of bills.slice(1).entries()) {
      for (const [row, line] of bill.entries()) {
        const before = bills[place]?.[row];
        expect(line.listUsd).toBeGreaterThanOrEqual(before?.listUsd ?? Number.NaN);
        expect(line.usd).toBeGreaterThanOrEqual(before?.usd ?? Number.NaN);
      }
    }
  });

  it('has no fixed cost that is not free in an account without other counters', () => {
    const bill = monthlyBill(0, UNITS, ASSUMPTIONS);
    expect(bill.every(({ usd, listUsd }) => usd >= 0 && usd <= listUsd)).toBe(true);
    const fixed = bill.filter(({ service }) => /metrics|alarms|dashboard/.test(service));
    expect(fixed.map(({ listUsd }) => inCents(listUsd))).toEqual([2.13, 1, 3]);
    expect(totalOf(fixed, 'usd')).toBe(0);
    expect(inCents(totalOf(bill, 'usd'))).toBe(0.02);
  });
});

describe('the work of a month', () => {
  const shardSeconds = 2 * MONTH_HOURS * 3600;

  it('has nearly one batch per window and shard when there are very many visits', () => {
    const assumptions = { ...ASSUMPTIONS, openShards: 2, batchingWindowSeconds: 10 };
    const windows = shardSeconds / 10;
    const { batches } = workloadOf(1_000 * windows, assumptions);
    expect(batches).toBeLessThan(windows);
    expect(batches).toBeGreaterThan(0.99 * windows);
  });

  it('has two records in each batch when one arrives per window and shard on average', () => {
    const assumptions = { ...ASSUMPTIONS, openShards: 2, batchingWindowSeconds: 60 };
    const visits = shardSeconds / 60;
    expect(workloadOf(visits, assumptions).batches).toBe(visits / 2);
  });

  it('starts a container for nearly every visit when there are few', () => {
    const { starts } = workloadOf(100, ASSUMPTIONS);
    expect(starts.ingest).toBeGreaterThan(98);
    expect(starts.ingest).toBeLessThan(110);
  });

  it('starts a container for every third visit when one arrives in the time that it is kept', () => {
    const visits = (MONTH_HOURS * 3600) / 300;
    const assumptions = {
      ...ASSUMPTIONS,
      keptSeconds: 300,
      replacedHours: Number.POSITIVE_INFINITY,
    };
    expect(workloadOf(visits, assumptions).starts.query / visits).toBeCloseTo(1 / Math.E, 10);
  });

  it('starts only the containers that Lambda replaces when there are many visits', () => {
    const { starts } = workloadOf(10_000_000, { ...ASSUMPTIONS, replacedHours: 2 });
    expect(starts).toEqual({ ingest: 730, query: 730, projector: 730, reporter: 365 });
  });

  it('has as many expiring rows as new ones', () => {
    expect(workloadOf(1_000, ROUND)).toMatchObject({ newVisits: 500, batches: 1_000 });
  });
});

describe('a bill behind CloudFront', () => {
  const BEHIND = { ...ROUND, edgeLocations: 10 };
  const linesOf = (visits: number, assumptions: Assumptions) =>
    Object.fromEntries(
      monthlyBill(visits, UNITS, assumptions).map((line) => [
        line.service,
        { listUsd: inCents(line.listUsd), usd: inCents(line.usd) },
      ]),
    );

  it('is right to the cent for 7.3 million visits, as calculated by hand', () => {
    // A count is served for 20.4 s, so an edge location keeps it for 10 s on average. Each of ten locations has 0.556
    // reads a second: one of 6.56 reaches the API, 2,227,119 of 14.6 million. It has 12,000 loads of the widget a day,
    // of which one reaches the API: 304 of 3.65 million.
    const { reads, widgetLoads } = behindEdge({
      ...{ work: workloadOf(7_300_000, BEHIND), units: UNITS, assumptions: BEHIND },
    });
    expect([Math.round(reads), Math.round(widgetLoads)]).toEqual([2_227_119, 304]);
    expect(linesOf(7_300_000, BEHIND)).toMatchObject({
      'HTTP API': { listUsd: 9.53 },
      'Data transfer': { listUsd: 0, usd: 0 },
      'CloudFront: requests': { listUsd: 25.55, usd: 15.55 },
      'CloudFront: data transfer': { listUsd: 2.48, usd: 0 }, // 29.2 GB of 1,000
      'CloudFront: function that takes the prefix off': { listUsd: 2.56, usd: 2.36 },
      // 0.40, and 70,080 reads by four containers of two versions every five minutes.
      'Secrets Manager': { listUsd: 0.75, usd: 0.75 },
    });
  });

  it('changes nothing in the lines that depend on visits', () => {
    const [without, behind] = [ROUND, BEHIND].map((one) => linesOf(7_300_000, one));
    for (const service of [
      ...['DynamoDB: session writes, index included', 'DynamoDB: counter writes'],
      ...['DynamoDB: storage and recovery', 'CloudWatch: metrics'],
    ]) {
      expect(behind?.[service]).toEqual(without?.[service]);
    }
  });

  it('has no line of CloudFront without it', () => {
    expect(Object.keys(linesOf(7_300_000, ROUND)).join()).not.toMatch(/CloudFront|Secrets/);
  });

  it('of fifty reads a second has hardly more reads of the API than one each ten seconds in each location', () => {
    const readsPerVisit = (50 * MONTH_HOURS * 3_600) / 7_300_000;
    const assumptions = { ...BEHIND, readsPerVisit };
    const { reads } = behindEdge({
      ...{ work: workloadOf(7_300_000, assumptions), units: UNITS, assumptions },
    });
    expect(reads).toBeLessThanOrEqual((10 * MONTH_HOURS * 3_600) / 10);
    expect(reads / ((10 * MONTH_HOURS * 3_600) / 10)).toBeGreaterThan(0.97);
  });
});

import { describe, expect, it } from 'vitest';
import { type Counter, EMPTY_COUNTER, HISTORY_DAYS } from '../../src/domain/counter.ts';
import {
  AUDITED_DAYS,
  compareRows,
  REBUILT_DAYS,
  sumDifferences,
} from '../../src/domain/row-comparison.ts';
import { createRowTally, type RowCounts, sumRows } from '../../src/domain/row-counts.ts';
import { DAY_MS, utcDay } from '../../src/domain/utc-day.ts';

const NOON = Date.parse('2026-11-24T12:00:00.000Z');
const MIDNIGHT = Date.parse('2026-11-24T00:00:00.000Z');
const [TODAY, YESTERDAY, TOMORROW] = ['2026-11-24', '2026-11-23', '2026-11-25'];
const dayAgo = (days: number): string => utcDay(NOON - days * DAY_MS);

/** A counter with 90 old sessions, and 10 of today. */
const counter = (parts: Partial<Counter> = {}): Counter => ({
  ...EMPTY_COUNTER,
  total: 100,
  startedByDay: new Map([[TODAY, 10]]),
  rebuild: { cutoff: new Date(NOON).toISOString(), started: 0, removed: 0 },
  ...parts,
});
const rowsOf = (byDay: Record<string, number>, parts: Partial<RowCounts> = {}): RowCounts => ({
  ...{ byDay: new Map(Object.entries(byDay)), undated: 0, sinceCutoff: 0, ahead: 0 },
  ...parts,
});
const compare = (
  rows: RowCounts,
  before: Counter,
  after = before,
  { cutoffMs = NOON, countedAhead = 0 } = {},
) => compareRows({ cutoffMs, days: 88, rows, before, after, countedAhead });
const OLD = dayAgo(200);
const EXACT = rowsOf({ [OLD]: 90, [TODAY]: 10 });

describe('a comparison of rows and counter', () => {
  it('finds nothing when they agree', () => {
    expect(compare(EXACT, counter())).toEqual({
      byDay: new Map(),
      older: { rows: 0, uncertainty: 0 },
    });
  });

  it.each([
    { what: 'long ago', rows: { [OLD]: 93, [TODAY]: 10 }, byDay: {}, older: 3 },
    { what: 'today', rows: { [OLD]: 90, [TODAY]: 14 }, byDay: { [TODAY]: 4 }, older: 0 },
    {
      what: 'yesterday, and rows that went of today',
      rows: { [OLD]: 90, [YESTERDAY]: 2, [TODAY]: 7 },
      byDay: { [YESTERDAY]: 2, [TODAY]: -3 },
      older: 0,
    },
  ])('finds what was lost, $what, day by day', ({ rows, byDay, older }) => {
    const found = compare(rowsOf(rows), counter());
    const expected = Object.entries(byDay).map(([day, each]) => [
      day,
      { rows: each, uncertainty: 0 },
    ]);
    expect(Object.fromEntries(found.byDay)).toEqual(Object.fromEntries(expected));
    expect(found.older.rows).toBe(older);
  });

  it('does not let an equal number of lost removals of old rows hide lost sessions of today', () => {
    const found = compare(rowsOf({ [OLD]: 87, [TODAY]: 13 }), counter());
    expect(sumDifferences(found)).toEqual({ missing: 3, surplus: 3, uncertainty: 0 });
  });

  it('excludes what came since the cutoff, on both sides', () => {
    const rebuild = { cutoff: '', started: 6, removed: 2 };
    const days = {
      startedByDay: new Map([
        [TODAY, 16],
        [TOMORROW, 1],
      ]),
      removedByDay: new Map([[TODAY, 2]]),
    };
    const after = counter({ total: 107, removed: 2, rebuild, ...days });
    expect(sumDifferences(compare(EXACT, counter(), after))).toEqual({
      ...{ missing: 0, surplus: 0, uncertainty: 0 },
    });
    expect(sumDifferences(compare(rowsOf({ [OLD]: 90, [TODAY]: 9 }), counter(), after))).toEqual({
      ...{ missing: 0, surplus: 1, uncertainty: 0 },
    });
  });

  it('excludes what is dated after the cutoff and was counted before the rebuild began', () => {
    const startedByDay = new Map([
      [TODAY, 13],
      [TOMORROW, 5],
    ]);
    const ahead = counter({ total: 108, startedByDay });
    const found = compare(EXACT, ahead, ahead, { countedAhead: 3 });
    expect(sumDifferences(found)).toEqual({ missing: 0, surplus: 0, uncertainty: 0 });
  });

  it('is uncertain by the number of rows added or deleted during the scan, day by day', () => {
    const removed = { removed: 3, removedByDay: new Map([[YESTERDAY, 3]]) };
    const started = new Map([
      [TODAY, 10],
      [YESTERDAY, 5],
    ]);
    const before = counter({ total: 105, startedByDay: started });
    const after = counter({ total: 105, startedByDay: started, ...removed });
    for (const left of [5, 4, 2]) {
      const rows = rowsOf({ [OLD]: 90, [YESTERDAY]: left, [TODAY]: 10 });
      expect(compare(rows, before, after)).toEqual({
        byDay: new Map([[YESTERDAY, { rows: 0, uncertainty: 3 }]]),
        older: { rows: 0, uncertainty: 0 },
      });
    }
    const rows = rowsOf({ [OLD]: 90, [YESTERDAY]: 1, [TODAY]: 11 });
    expect(sumDifferences(compare(rows, before, after))).toEqual({
      ...{ missing: 1, surplus: 1, uncertainty: 3 },
    });
  });

  it('agrees with either number when a rebuild lowers it during the scan', () => {
    const [high, low] = [counter({ total: 104 }), counter({ total: 100 })];
    for (const rows of [90, 92, 94]) {
      const found = compare(rowsOf({ [OLD]: rows, [TODAY]: 10 }), high, low);
      expect(found.older).toEqual({ rows: 0, uncertainty: 4 });
    }
  });

  it('agrees with either number when a restore lowers the removed rows during the scan', () => {
    const removed = (number: number): Counter => counter({ total: 104, removed: number });
    for (const rows of [90, 92, 94]) {
      const found = compare(rowsOf({ [OLD]: rows, [TODAY]: 10 }), removed(4), removed(0));
      expect(found.older).toEqual({ rows: 0, uncertainty: 4 });
    }
  });

  it('takes no new row for a lost one when a retract takes back as many meanwhile, on its days alone', () => {
    const at = new Date(NOON).toISOString();
    const undo = {
      kind: 'retract' as const,
      from: `${YESTERDAY}T03:00:00.000Z`,
      to: `${TODAY}T00:00:00.000Z`,
      at,
    };
    const startedByDay = new Map([
      [TODAY, 10],
      [YESTERDAY, 5],
    ]);
    const held = counter({ total: 105, startedByDay, undo, lastUndo: at });
    // Three that were imported were seen, and three that were taken back as well.
    const rows = rowsOf({ [OLD]: 92, [YESTERDAY]: 8, [TODAY]: 11 });
    expect(compare(rows, held)).toEqual({
      byDay: new Map([
        [TODAY, { rows: 1, uncertainty: 0 }],
        [YESTERDAY, { rows: 0, uncertainty: 3 }],
      ]),
      older: { rows: 2, uncertainty: 0 },
    });
    const old = { ...undo, from: `${OLD}T03:00:00.000Z` };
    expect(compare(rows, { ...held, undo: old }).older).toEqual({ rows: 0, uncertainty: 2 });
    const begun = { ...held, undo: undefined, lastUndo: undefined };
    expect(sumDifferences(compare(rows, begun, held))).toEqual({
      ...{ missing: 0, surplus: 0, uncertainty: 6 },
    });
  });

  it('takes no removal for a lost one when a restore brings back as many rows meanwhile, on its days alone', () => {
    const at = new Date(NOON).toISOString();
    const undo = {
      kind: 'restore' as const,
      from: `${YESTERDAY}T03:00:00.000Z`,
      to: `${YESTERDAY}T03:00:00.001Z`,
      at,
    };
    const startedByDay = new Map([
      [TODAY, 10],
      [YESTERDAY, 5],
    ]);
    const held = counter({ total: 105, startedByDay, undo, lastUndo: at });
    // Two that were removed were not seen, and neither were the two that were restored.
    const rows = rowsOf({ [OLD]: 90, [YESTERDAY]: 3, [TODAY]: 9 });
    expect(compare(rows, held).byDay).toEqual(
      new Map([
        [TODAY, { rows: -1, uncertainty: 0 }],
        [YESTERDAY, { rows: 0, uncertainty: 2 }],
      ]),
    );
  });

  it('tolerates old rows that are imported during the scan', () => {
    const after = counter({ total: 103 });
    for (const rows of [90, 92, 93]) {
      const found = compare(rowsOf({ [OLD]: rows, [TODAY]: 10 }), counter(), after);
      expect(found.older).toEqual({ rows: 0, uncertainty: 3 });
    }
  });

  it('counts rows and sessions without a date as old', () => {
    expect(compare(rowsOf({ [OLD]: 80, [TODAY]: 10 }, { undated: 10 }), counter()).older.rows).toBe(
      0,
    );
  });

  it('compares the given number of days individually, and all older days as one', () => {
    const days = Object.fromEntries([0, 1, 87, 88, 89].map((ago) => [dayAgo(ago), 1]));
    const held = { total: 5, startedByDay: new Map(Object.entries(days)) };
    const lost = { ...days, [dayAgo(87)]: 2, [dayAgo(88)]: 4 };
    const found = compare(rowsOf(lost), counter(held));
    expect([...found.byDay]).toEqual([[dayAgo(87), { rows: 1, uncertainty: 0 }]]);
    expect(found.older.rows).toBe(3);
  });

  it('of a rebuild ignores days that a shard two days ahead has dropped', () => {
    const held = (dropped: number): Counter => {
      const kept = Array.from({ length: dropped }, (_, ago) => [dayAgo(ago), 1] as const);
      return counter({ startedByDay: new Map(kept) });
    };
    const rows = Object.fromEntries(Array.from({ length: 100 }, (_, ago) => [dayAgo(ago), 1]));
    const [before, after] = [held(HISTORY_DAYS), held(HISTORY_DAYS - 2)];
    const evidence = { cutoffMs: NOON, days: REBUILT_DAYS, countedAhead: 0 };
    expect(sumDifferences(compareRows({ ...evidence, rows: rowsOf(rows), before, after }))).toEqual(
      { missing: 0, surplus: 0, uncertainty: 0 },
    );
  });

  it('of an audit with a cutoff two days earlier finds nothing where a rebuild found nothing', () => {
    const days = Object.fromEntries(Array.from({ length: 90 }, (_, ago) => [dayAgo(ago), 1]));
    const held = counter({ total: 90, startedByDay: new Map(Object.entries(days)) });
    for (let ago = 1; ago < 90; ago += 1) {
      const rows = rowsOf({ ...days, [dayAgo(ago)]: 0, [dayAgo(ago - 1)]: 2 });
      const found = (cutoffMs: number, each: number) => {
        const evidence = { cutoffMs, days: each, countedAhead: 0, before: held, after: held };
        return sumDifferences(compareRows({ ...evidence, rows })).missing;
      };
      if (found(NOON, REBUILT_DAYS) > 0) continue;
      expect(found(MIDNIGHT - 2 * DAY_MS, AUDITED_DAYS)).toBe(0);
    }
  });

  it('is uncertain about a day whose first row was added during the scan', () => {
    const startedByDay = new Map([
      [TODAY, 10],
      [YESTERDAY, 1],
    ]);
    const found = compare(EXACT, counter(), counter({ total: 101, startedByDay }));
    expect([...found.byDay]).toEqual([[YESTERDAY, { rows: 0, uncertainty: 1 }]]);
  });

  it('at midnight excludes the whole day that begins, and all later days', () => {
    const startedByDay = new Map([
      [TODAY, 10],
      [TOMORROW, 2],
      ['2027-03-04', 7],
    ]);
    const held = counter({ total: 109, startedByDay, rebuild: undefined });
    const rows = rowsOf({ [OLD]: 90 }, { sinceCutoff: 19 });
    const found = compare(rows, held, held, { cutoffMs: MIDNIGHT });
    expect(found).toEqual({ byDay: new Map(), older: { rows: 0, uncertainty: 0 } });
  });

  it('needs no rebuild in the counter when nothing of the current day is excluded', () => {
    const held = counter({ rebuild: undefined });
    expect(sumDifferences(compare(rowsOf({ [OLD]: 90, [TODAY]: 12 }), held)).missing).toBe(2);
  });
});

describe('scanned rows', () => {
  it('are counted by day before the cutoff, and separately from it on', () => {
    const tally = createRowTally(NOON);
    const ahead = [NOON, MIDNIGHT + DAY_MS - 1, MIDNIGHT + DAY_MS, NOON + 100 * DAY_MS];
    for (const firstMs of [NOON - 1, MIDNIGHT, MIDNIGHT - 1, ...ahead, undefined]) {
      tally.add(firstMs);
    }
    expect(tally.counts()).toEqual({
      ...{
        byDay: new Map([
          [TODAY, 2],
          [YESTERDAY, 1],
        ]),
        sinceCutoff: 2,
        ahead: 2,
        undated: 1,
      },
    });
    expect(sumRows(tally.counts())).toBe(8);
  });
});

import { expect, it } from 'vitest';
import { formatReplay } from '../../../src/cli/replay/format-replay.ts';
import { type Counter, EMPTY_COUNTER } from '../../../src/domain/counter.ts';
import { SITE } from '../../../src/domain/counter-name.ts';

const counterOf = (total: number, days: Record<string, number>) => ({
  ...{ ...EMPTY_COUNTER, total, removed: 1 },
  startedByDay: new Map(Object.entries(days)),
});
const onlySite = (counter: Counter) => new Map([[SITE, counter]]);
const replay = {
  counters: onlySite(counterOf(3, { '2026-11-23': 2, '2026-11-22': 1 })),
  ...{ live: undefined, records: 5, duplicates: 1, malformed: 0, late: 0 },
};
const format = (parts: Partial<Parameters<typeof formatReplay>[0]> = {}) =>
  formatReplay({ ...replay, ...parts }, (style, text) => `<${style}>${text}`);

it('a replay alone has one column, with a line per day', () => {
  expect(format()).toBe(
    [
      '5 records, of which 1 duplicate and 0 malformed',
      '  Distinct sessions          3',
      '  Rows removed               1',
      '  New on 2026-11-22          1',
      '  New on 2026-11-23          2',
    ].join('\n'),
  );
});

it('a comparison has two columns, with a line per day of either counter', () => {
  const live = onlySite(counterOf(4, { '2026-11-22': 1, '2026-11-21': 3 }));
  expect(format({ live })).toBe(
    [
      '5 records, of which 1 duplicate and 0 malformed',
      '                      replayed      live',
      '  Distinct sessions          3         4',
      '  Rows removed               1         1',
      '  New on 2026-11-21          0         3',
      '  New on 2026-11-22          1         1',
      '  New on 2026-11-23          2         0',
      '<red>The totals differ by 1.',
    ].join('\n'),
  );
  expect(format({ live: replay.counters })).toMatch(/\n<green>The totals agree\.$/);
});

it('reports records that were not counted', () => {
  expect(format({ late: 2 })).toContain(
    '\n2 records not counted, because the time is missing or too old\n',
  );
});

it('several counters have a block each, and none hides the difference of another', () => {
  const counters = new Map([
    ['blog/a', counterOf(5, {})],
    ['blog/b', counterOf(2, {})],
  ]);
  const live = new Map([
    ['blog/a', counterOf(4, {})],
    ['blog/b', counterOf(2, {})],
    [SITE, counterOf(1, {})],
  ]);
  expect(format({ counters, live })).toBe(
    [
      '5 records, of which 1 duplicate and 0 malformed',
      '                      replayed      live',
      ...['Counter blog/a', '  Distinct sessions          5         4'],
      '  Rows removed               1         1',
      ...['Counter blog/b', '  Distinct sessions          2         2'],
      '  Rows removed               1         1',
      ...['Counter site', '  Distinct sessions          0         1'],
      '  Rows removed               0         1',
      '<red>The totals differ: blog/a, site.',
    ].join('\n'),
  );
});

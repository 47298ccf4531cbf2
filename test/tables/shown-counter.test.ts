import { expect, it } from 'vitest';
import { MAX_BASELINE } from '../../src/domain/baseline.ts';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { parseCounterItem } from '../../src/tables/counter-item.ts';
import { parseShownCounter, UnreadableBaselineError } from '../../src/tables/shown-counter.ts';

const KEY = { counter: 'distinct_sessions/blog' };

it('a counter without a baseline is as the projector reads it', () => {
  const item = { ...KEY, total: 3 };
  expect(parseShownCounter(item)).toStrictEqual(parseCounterItem(item));
  expect(parseShownCounter(undefined)).toBe(EMPTY_COUNTER);
});

it.each([{ sessions: 1 }, { sessions: MAX_BASELINE, since: '2019-03-01' }])(
  'a counter has the baseline %j beside its total',
  (baseline) => {
    const item = { ...KEY, total: 3, baseline };
    expect(parseShownCounter(item)).toEqual({ ...parseCounterItem(item), baseline });
    expect(parseShownCounter(item).total).toBe(3);
  },
);

const UNREADABLE = [
  ...[null, 'text', 10_000, [], {}, { since: '2019-03-01' }],
  ...[0, -1, 1.5, MAX_BASELINE + 1, '7'].map((sessions) => ({ sessions })),
  ...['', '2019-02-30', 20190301].map((since) => ({ sessions: 7, since })),
  { sessions: 7, until: '2019-03-01' },
];

it.each(UNREADABLE)('the baseline %j is rejected with the name of its item', (baseline) => {
  const read = () => parseShownCounter({ ...KEY, total: 3, baseline });
  expect(read).toThrow(UnreadableBaselineError);
  expect(read).toThrow('baseline of the item distinct_sessions/blog must be { sessions, since }');
});

it.each(UNREADABLE)('what counts sessions goes on with the baseline %j', (baseline) => {
  expect(parseCounterItem({ ...KEY, total: 3, baseline })).toMatchObject({ total: 3 });
});

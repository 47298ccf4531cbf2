import { expect, it } from 'vitest';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { hasUndone, undoneDays } from '../../src/domain/undo.ts';

const AT = '2026-11-24T12:00:00.000Z';
const from = '2026-11-20T23:00:00.000Z';
const during = {
  ...EMPTY_COUNTER,
  ...{
    undo: { kind: 'retract' as const, from, to: '2026-11-22T00:00:00.000Z', at: AT },
    lastUndo: AT,
  },
};
const ended = { ...EMPTY_COUNTER, lastUndo: AT };
const ALL = { first: '0000-01-01', last: '9999-12-31' };

it.each([
  { when: 'without any', before: EMPTY_COUNTER, after: EMPTY_COUNTER, days: undefined },
  { when: 'after one', before: ended, after: ended, days: undefined },
  {
    when: 'while one runs, or ends',
    ...{ before: during, after: ended },
    days: { first: '2026-11-20', last: '2026-11-21' },
  },
  { when: 'while one begins', before: EMPTY_COUNTER, after: during, days: ALL },
  { when: 'while one begins and ends', before: EMPTY_COUNTER, after: ended, days: ALL },
  {
    when: 'while one ends and another begins',
    ...{ before: during, after: { ...during, lastUndo: '2026-11-24T13:00:00.000Z' } },
    days: ALL,
  },
])(
  'rows may have been retracted or restored between two readings, $when',
  ({ before, after, days }) => {
    expect(undoneDays(before, after)).toEqual(days);
    expect(hasUndone(before, after)).toBe(days !== undefined);
  },
);

it('an interval that ends within a day includes that day', () => {
  const undo = { kind: 'retract' as const, from, to: '2026-11-22T00:00:00.001Z', at: AT };
  expect(undoneDays({ ...during, undo }, ended)?.last).toBe('2026-11-22');
});

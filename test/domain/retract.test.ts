import { expect, it } from 'vitest';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { retractedDays, wasRetracted } from '../../src/domain/retract.ts';

const AT = '2026-11-24T12:00:00.000Z';
const from = '2026-11-20T23:00:00.000Z';
const during = {
  ...EMPTY_COUNTER,
  ...{ retract: { from, to: '2026-11-22T00:00:00.000Z', at: AT }, lastRetract: AT },
};
const ended = { ...EMPTY_COUNTER, lastRetract: AT };
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
    ...{ before: during, after: { ...during, lastRetract: '2026-11-24T13:00:00.000Z' } },
    days: ALL,
  },
])('sessions may have been taken back between two readings, $when', ({ before, after, days }) => {
  expect(retractedDays(before, after)).toEqual(days);
  expect(wasRetracted(before, after)).toBe(days !== undefined);
});

it('an interval that ends within a day includes that day', () => {
  const retract = { from, to: '2026-11-22T00:00:00.001Z', at: AT };
  expect(retractedDays({ ...during, retract }, ended)?.last).toBe('2026-11-22');
});

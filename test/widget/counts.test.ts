import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCounts } from '../../src/widget/counts.ts';

const GOOD = {
  unique_session_count: 42,
  active_sessions: 3,
  active_window_minutes: 60,
  as_of: '2026-11-23T18:00:00.000Z',
};

describe('the counts in a response', () => {
  it('are parsed', () => {
    expect(parseCounts(GOOD)).toEqual([42, 3, 60, Date.parse(GOOD.as_of)]);
    expect(parseCounts({ ...GOOD, unique_session_count: 0, another: 'field' })).toBeTruthy();
  });

  it.each([null, undefined, false, true, 0, 42, '', '42', [], [42, 3], {}, [GOOD]])(
    'are missing in %j',
    (answer) => {
      expect(parseCounts(answer)).toBe(false);
    },
  );

  const INVALID_NUMBERS: unknown[] = [
    ...[-1, 0.5, 1e21, Number.POSITIVE_INFINITY, Number.NaN, 2 ** 53],
    ...['42', '', null, undefined, true, [42], { toLocaleString: 1 }, { valueOf: 1 }],
  ];
  it.each(
    ['unique_session_count', 'active_sessions', 'active_window_minutes'].flatMap((name) =>
      INVALID_NUMBERS.map((value) => ({ name, value })),
    ),
  )('are invalid if $name is $value', ({ name, value }) => {
    expect(parseCounts({ ...GOOD, [name]: value })).toBe(false);
  });

  const INVALID_TIMES: unknown[] = [
    '',
    'yesterday',
    0,
    1e12,
    null,
    [GOOD.as_of],
    { toString: 1 },
    {},
  ];
  it.each(INVALID_TIMES.map((as_of) => ({ as_of })))(
    'have an invalid time if it is $as_of',
    ({ as_of }) => {
      expect(parseCounts({ ...GOOD, as_of })).toBe(false);
    },
  );

  it('are false or four integers for any JSON, never an exception', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.maxSafeNat(),
      fc.date({ min: new Date(0), noInvalidDate: true }).map((date) => date.toJSON()),
      fc.dictionary(fc.constantFrom('toString', 'valueOf', 'toLocaleString'), fc.nat()),
    );
    const answer = fc.record(
      {
        unique_session_count: value,
        active_sessions: value,
        active_window_minutes: value,
        as_of: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(value, answer), (json) => {
        const counts = parseCounts(JSON.parse(JSON.stringify(json)));
        if (!counts) return;
        expect(counts).toHaveLength(4);
        for (const it of counts) expect(it.toLocaleString()).toMatch(/^[\d,]+$/);
        expect(new Date(counts[3]).toLocaleTimeString([], { timeStyle: 'short' })).toMatch(/:/);
      }),
      { numRuns: 2_000 },
    );
  });
});

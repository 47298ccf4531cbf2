import { describe, expect, it } from 'vitest';
import {
  isKept,
  isServable,
  keepAfterFailure,
  keepReading,
} from '../../src/domain/kept-reading.ts';

const ASKED = Date.parse('2026-11-23T18:00:00.000Z');

describe('a reading is kept for as long as it uses up the budget', () => {
  it.each([
    { readUnits: 0, unitsPerSecond: 5, restMs: 0 },
    { readUnits: 0.5, unitsPerSecond: 5, restMs: 100 },
    { readUnits: 2, unitsPerSecond: 5, restMs: 400 },
    { readUnits: 5, unitsPerSecond: 5, restMs: 1_000 },
    { readUnits: 150, unitsPerSecond: 5, restMs: 30_000 },
    { readUnits: 150, unitsPerSecond: 10, restMs: 15_000 },
    { readUnits: 300, unitsPerSecond: 5, restMs: 60_000 },
    { readUnits: 300.5, unitsPerSecond: 5, restMs: 60_000 },
    { readUnits: 1_000_000, unitsPerSecond: 1, restMs: 60_000 },
    { readUnits: 1_000, unitsPerSecond: 1_000_000, restMs: 1 },
  ])(
    '$readUnits units at $unitsPerSecond a second: $restMs ms',
    ({ readUnits, unitsPerSecond, restMs }) => {
      const reading = { value: 7, askedMs: ASKED, readUnits };
      expect(keepReading(reading, unitsPerSecond)).toEqual({
        ...reading,
        askAgainMs: ASKED + restMs,
      });
    },
  );
});

describe('while it is kept nobody asks again', () => {
  const kept = keepReading({ value: 7, askedMs: ASKED, readUnits: 50 }, 5);
  it.each([
    { afterMs: 0, isStillKept: true },
    { afterMs: 9_999, isStillKept: true },
    { afterMs: 10_000, isStillKept: false },
    { afterMs: 86_400_000, isStillKept: false },
    { afterMs: -1, isStillKept: false }, // the clock was set back
  ])('$afterMs ms after it: $isStillKept', ({ afterMs, isStillKept }) => {
    expect(isKept(kept, ASKED + afterMs)).toBe(isStillKept);
  });

  it('is asked for each time when it costs nothing', () => {
    expect(isKept(keepReading({ value: 7, askedMs: ASKED, readUnits: 0 }, 5), ASKED)).toBe(false);
  });
});

describe('after a failure the last one is served', () => {
  const last = keepReading({ value: 7, askedMs: ASKED, readUnits: 5 }, 5);
  it.each([
    { failedAfterMs: 1_000, askAgainAfterMs: 2_000 },
    { failedAfterMs: 59_000, askAgainAfterMs: 60_000 },
    { failedAfterMs: 59_500, askAgainAfterMs: 60_000 },
    { failedAfterMs: 60_000, askAgainAfterMs: 60_000 },
    { failedAfterMs: 60_001, askAgainAfterMs: undefined },
    { failedAfterMs: 3_600_000, askAgainAfterMs: undefined },
  ])('$failedAfterMs ms old: until $askAgainAfterMs ms', ({ failedAfterMs, askAgainAfterMs }) => {
    expect(keepAfterFailure(last, ASKED + failedAfterMs)).toEqual(
      askAgainAfterMs === undefined ? undefined : { ...last, askAgainMs: ASKED + askAgainAfterMs },
    );
  });

  it('is nothing when there was none', () => {
    expect(keepAfterFailure(undefined, ASKED)).toBeUndefined();
  });
});

it.each([
  { ageMs: 0, servable: true },
  { ageMs: 60_000, servable: true },
  { ageMs: 60_001, servable: false },
])('a reading of $ageMs ms may be told: $servable', ({ ageMs, servable }) => {
  const reading = { value: 7, askedMs: ASKED, readUnits: 1 };
  expect(isServable(reading, ASKED + ageMs)).toBe(servable);
});

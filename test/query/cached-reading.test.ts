import { describe, expect, it } from 'vitest';
import {
  cacheReading,
  extendAfterFailure,
  isFresh,
  isServable,
} from '../../src/query/cached-reading.ts';

const READ_AT = Date.parse('2026-11-23T18:00:00.000Z');

const readingOf = (readUnits: number) => ({
  ...{ value: 7, readAtMs: READ_AT, readUntilMs: READ_AT, readUnits },
});

describe('a reading is served while reading again would exceed the budget', () => {
  it.each([
    { readUnits: 0, unitsPerSecond: 5, lifetimeMs: 0 },
    { readUnits: 0.5, unitsPerSecond: 5, lifetimeMs: 100 },
    { readUnits: 2, unitsPerSecond: 5, lifetimeMs: 400 },
    { readUnits: 5, unitsPerSecond: 5, lifetimeMs: 1_000 },
    { readUnits: 150, unitsPerSecond: 5, lifetimeMs: 30_000 },
    { readUnits: 150, unitsPerSecond: 10, lifetimeMs: 15_000 },
    { readUnits: 300, unitsPerSecond: 5, lifetimeMs: 60_000 },
    { readUnits: 300.5, unitsPerSecond: 5, lifetimeMs: 60_000 },
    { readUnits: 1_000_000, unitsPerSecond: 1, lifetimeMs: 60_000 },
    { readUnits: 1_000, unitsPerSecond: 1_000_000, lifetimeMs: 1 },
  ])(
    '$readUnits units at $unitsPerSecond a second: $lifetimeMs ms',
    ({ readUnits, unitsPerSecond, lifetimeMs }) => {
      const reading = readingOf(readUnits);
      expect(cacheReading(reading, readUnits, unitsPerSecond)).toEqual({
        ...reading,
        expiresAtMs: READ_AT + lifetimeMs,
      });
    },
  );
});

it('a reading is served for as long as the budget takes to pay for a round of all counters', () => {
  expect(cacheReading(readingOf(2), 50, 5).expiresAtMs).toBe(READ_AT + 10_000);
});

describe('a reading is fresh until it expires', () => {
  const kept = cacheReading(readingOf(50), 50, 5);
  it.each([
    { afterMs: 0, fresh: true },
    { afterMs: 9_999, fresh: true },
    { afterMs: 10_000, fresh: false },
    { afterMs: 86_400_000, fresh: false },
    { afterMs: -1, fresh: false }, // the clock was set back
  ])('$afterMs ms later: $fresh', ({ afterMs, fresh }) => {
    expect(isFresh(kept, READ_AT + afterMs)).toBe(fresh);
  });

  it('is never fresh when it costs nothing', () => {
    expect(isFresh(cacheReading(readingOf(0), 0, 5), READ_AT)).toBe(false);
  });
});

describe('after a failure the last reading is served', () => {
  const last = cacheReading(readingOf(5), 5, 5);
  it.each([
    { failedAfterMs: 1_000, expiresAfterMs: 2_000 },
    { failedAfterMs: 59_000, expiresAfterMs: 60_000 },
    { failedAfterMs: 59_500, expiresAfterMs: 60_000 },
    { failedAfterMs: 60_000, expiresAfterMs: 60_000 },
    { failedAfterMs: 60_001, expiresAfterMs: undefined },
    { failedAfterMs: 3_600_000, expiresAfterMs: undefined },
  ])(
    '$failedAfterMs ms old: until it is $expiresAfterMs ms old',
    ({ failedAfterMs, expiresAfterMs }) => {
      expect(extendAfterFailure(last, READ_AT + failedAfterMs)).toEqual(
        expiresAfterMs === undefined
          ? undefined
          : { ...last, expiresAtMs: READ_AT + expiresAfterMs },
      );
    },
  );

  it('unless there was none', () => {
    expect(extendAfterFailure(undefined, READ_AT)).toBeUndefined();
  });
});

it.each([
  { ageMs: 0, servable: true },
  { ageMs: 60_000, servable: true },
  { ageMs: 60_001, servable: false },
])('a reading of $ageMs ms may be served: $servable', ({ ageMs, servable }) => {
  expect(isServable(readingOf(1), READ_AT + ageMs)).toBe(servable);
});

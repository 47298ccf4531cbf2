import { beforeEach, describe, expect, it } from 'vitest';
import type { CachedReading } from '../../src/query/cached-reading.ts';
import { createKeptReadings, type KeptReadings } from '../../src/query/kept-readings.ts';
import { NOW_MS } from '../support/stream-records.ts';

const readingAt = (seconds: number, readUnits = 1): CachedReading<string> => {
  const readAtMs = NOW_MS + seconds * 1_000;
  return {
    ...{ value: `at ${seconds}`, readAtMs, readUntilMs: readAtMs },
    ...{ readUnits, expiresAtMs: readAtMs },
  };
};

let kept: KeptReadings<string>;
const valuesOf = (...names: string[]) => names.map((name) => kept.get(name)?.value);

beforeEach(() => {
  kept = createKeptReadings(3);
  for (const [second, name] of ['a', 'b', 'c'].entries()) kept.add(name, readingAt(second, 2));
});

describe('kept readings', () => {
  it('are at most as many as the capacity: another one replaces the oldest', () => {
    kept.add('a', readingAt(3));
    kept.add('d', readingAt(4));
    expect(valuesOf('a', 'b', 'c', 'd')).toEqual(['at 3', undefined, 'at 2', 'at 4']);
  });

  it('stay as old as they are when they are served for longer', () => {
    kept.update('a', readingAt(0));
    kept.add('d', readingAt(4));
    expect(valuesOf('a', 'b', 'c', 'd')).toEqual([undefined, 'at 1', 'at 2', 'at 4']);
  });

  it('cost together what one reading of each costs', () => {
    kept.add('b', readingAt(3, 7));
    expect(kept.unitsWithout(new Map(), NOW_MS)).toBe(2 + 7 + 2);
    expect(kept.unitsWithout(new Map([['b', 1]]), NOW_MS)).toBe(4);
  });

  it('are dropped, with their units, once they are too old to be served', () => {
    expect(kept.unitsWithout(new Map(), NOW_MS + 61_000)).toBe(4);
    expect(valuesOf('a', 'b', 'c')).toEqual([undefined, 'at 1', 'at 2']);
    kept.drop('b');
    expect(valuesOf('a', 'b', 'c')).toEqual([undefined, undefined, 'at 2']);
  });
});

import { describe, expect, it } from 'vitest';
import {
  explainFutureRows,
  findAhead,
  joinAhead,
  MAX_AHEAD_MS,
} from '../../../src/cli/import/rows-ahead.ts';

const NOW_MS = Date.parse('2026-11-23T18:00:00.000Z');
const HOUR_MS = 3_600_000;
const LATEST_MS = NOW_MS + MAX_AHEAD_MS;
const old = { firstMs: NOW_MS - HOUR_MS, lastMs: NOW_MS };
const ahead = (hours: number) => findAhead({ ...old, lastMs: NOW_MS + hours * HOUR_MS }, NOW_MS);

describe('a row is in the future', () => {
  it.each([
    ['no time is', old, false],
    ['its last visit is within clock skew', { ...old, lastMs: LATEST_MS }, false],
    ['its last visit is later', { ...old, lastMs: LATEST_MS + 1 }, true],
    ['only its first visit is later', { ...old, firstMs: LATEST_MS + 1 }, true],
    [
      'it has only a first visit, which is later',
      { firstMs: LATEST_MS + 1, lastMs: undefined },
      true,
    ],
    ['it has no time', { firstMs: undefined, lastMs: undefined }, false],
  ])('when %s', (_, times, isAhead) => {
    expect(findAhead(times, NOW_MS) !== undefined).toBe(isAhead);
  });
});

describe('rows in the future', () => {
  it('are added up, with the latest time of all', () => {
    const three = [ahead(2), undefined, ahead(5), ahead(1)].reduce(joinAhead);
    expect(three).toEqual({ rows: 3, latest: '2026-11-23T23:00:00.000Z', seconds: 5 * 3_600 });
    expect(joinAhead(undefined, undefined)).toBeUndefined();
  });

  it.each([
    [125, '2 min 5 s'],
    [2 * 3_600 - 1, '1 h 59 min'],
    [47 * 3_600, '47 h 0 min'],
    [100 * 24 * 3_600, '100 days'],
  ])('%i s ahead are reported as %s ahead', (seconds, span) => {
    const rows = { rows: 1, latest: '2026-11-23T23:00:00.000Z', seconds };
    expect(explainFutureRows(rows, { read: 2, timeZone: 'UTC' })).toContain(`is ${span} ahead`);
  });
});

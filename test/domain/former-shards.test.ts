import { describe, expect, it } from 'vitest';
import { CLOCK_SKEW_MS } from '../../src/domain/clock-skew.ts';
import {
  countShardsToRead,
  formatFormerShards,
  formerShardsAt,
  LONGEST_WINDOW_MS,
  parseFormerShards,
} from '../../src/domain/former-shards.ts';
import { INTEGER_RANGES } from '../../src/settings/allowed-values.ts';

const NOW_MS = Date.parse('2026-11-27T12:00:00.000Z');
const HOUR_MS = 3_600_000;

describe('former partitions', () => {
  const formerShards = formerShardsAt(4, NOW_MS);
  const untilMs = Date.parse(formerShards.until);

  it('are read until nothing in them can be active, with an hour to spare', () => {
    const longestMs = INTEGER_RANGES.ACTIVE_WINDOW_MINUTES.max * 60_000;
    expect(LONGEST_WINDOW_MS).toBe(longestMs);
    expect(untilMs - NOW_MS).toBe(longestMs + HOUR_MS);
    expect(HOUR_MS).toBeGreaterThan(2 * CLOCK_SKEW_MS);
  });

  it('are read to the millisecond, and then no longer', () => {
    expect(countShardsToRead({ activeShards: 1, formerShards }, untilMs - 1)).toBe(4);
    expect(countShardsToRead({ activeShards: 1, formerShards }, untilMs)).toBe(1);
  });

  it('never hide a partition of the current number', () => {
    expect(countShardsToRead({ activeShards: 8, formerShards }, NOW_MS)).toBe(8);
    expect(countShardsToRead({ activeShards: 2, formerShards: undefined }, NOW_MS)).toBe(2);
  });

  it('are a setting that one can read', () => {
    expect(formatFormerShards(formerShards)).toBe('4 until 2026-11-28T13:00:00.000Z');
    expect(parseFormerShards(formatFormerShards(formerShards))).toEqual(formerShards);
  });

  it.each([
    'none',
    '4',
    ' 4 until 2026-11-28T13:00:00.000Z',
    '-4 until 2026-11-28T13:00:00.000Z',
    '4 until 2026-11-28T13:00:00Z',
    '4 until 2026-11-31T13:00:00.000Z',
  ])('are not in the text "%s"', (text) => {
    expect(parseFormerShards(text)).toBeUndefined();
  });
});

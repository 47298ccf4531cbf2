import { expect, it } from 'vitest';
import { touchSession } from '../../src/domain/session-touch.ts';

const NOW_MS = Date.parse('2026-11-23T18:00:00.123Z');
const rules = { activeShards: 4, retentionDays: 395, touchIntervalSeconds: 0 };

it('has an ISO 8601 timestamp with milliseconds', () => {
  expect(touchSession('hash', NOW_MS, rules).seenAt).toBe('2026-11-23T18:00:00.123Z');
});

it('expires in whole epoch seconds, never before the end of the retention', () => {
  const { expiresAt = 0 } = touchSession('hash', NOW_MS, { ...rules, retentionDays: 1 });
  expect(expiresAt).toBe(Date.parse('2026-11-24T18:00:01Z') / 1000);
});

it('never expires with a retention of 0', () => {
  expect(touchSession('hash', NOW_MS, { ...rules, retentionDays: 0 }).expiresAt).toBeUndefined();
});

it('updates every row with a touch interval of 0, even one dated by a clock ahead of ours', () => {
  expect(touchSession('hash', NOW_MS, rules).skipIfSeenAfter).toBeUndefined();
});

it('skips rows that were seen within a touch interval, or as far ahead as clocks may differ', () => {
  const { skipIfSeenAfter } = touchSession('hash', NOW_MS, { ...rules, touchIntervalSeconds: 300 });
  expect(skipIfSeenAfter).toEqual({
    after: '2026-11-23T17:55:00.123Z',
    until: '2026-11-23T18:05:00.123Z',
  });
});

it('keeps a session in one partition of the index', () => {
  const partitions = [NOW_MS, NOW_MS + 1].map((at) => touchSession('hash', at, rules).activeShard);
  expect(partitions[0]).toBe(partitions[1]);
});

it('is in the same partition as in earlier versions of this code', () => {
  const shards = ['hash', 'QjViSbahKUStfUZlk3jNm4'].map(
    (hash) => touchSession(hash, NOW_MS, { ...rules, activeShards: 64 }).activeShard,
  );
  expect(shards).toEqual([14, 1]);
});

it.each([1, 4, 64])('spreads sessions evenly over %i partitions', (activeShards) => {
  const sessions = 1000 * activeShards;
  const sizes = new Map<number, number>();
  for (let session = 0; session < sessions; session += 1) {
    const hash = Buffer.from(`session ${session}`).toString('base64url');
    const activeShard = Number(touchSession(hash, NOW_MS, { ...rules, activeShards }).activeShard);
    sizes.set(activeShard, (sizes.get(activeShard) ?? 0) + 1);
  }
  expect([...sizes.keys()].sort((a, b) => a - b)).toEqual([...Array(activeShards).keys()]);
  expect(Math.max(...sizes.values())).toBeLessThan(1250);
});

import { expect, it } from 'vitest';
import { cacheUntil } from '../../src/query/cache-until.ts';
import { NOW_MS } from '../support/stream-records.ts';

const headerFor = (restsMs: number[], ageMs = 0) =>
  cacheUntil(
    restsMs.map((restMs) => ({ expiresAtMs: NOW_MS + restMs })),
    NOW_MS - ageMs,
    NOW_MS,
  );

it.each([
  { restsMs: [5_000], seconds: 5 },
  { restsMs: [9_000, 2_999, 7_000], seconds: 2 },
  { restsMs: [50_000, 40_000], ageMs: 45_000, seconds: 15 },
])('caches may keep a response until the first number is counted again', (given) => {
  const { restsMs, ageMs, seconds } = given;
  expect(headerFor(restsMs, ageMs)).toEqual({ 'Cache-Control': `public, max-age=${seconds}` });
});

it.each([
  { restsMs: [9_000, 999] },
  { restsMs: [-5] },
  { restsMs: [60_000], ageMs: 59_500 },
  { restsMs: [] },
])('caches may not keep a response of $restsMs', ({ restsMs, ageMs }) => {
  expect(headerFor(restsMs, ageMs)).toEqual({});
});

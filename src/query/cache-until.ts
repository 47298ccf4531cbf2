import { type CachedReading, MAX_AGE_MS } from './cached-reading.ts';

/**
 * The header of a response that may be cached until the first of these active sessions would be counted again at
 * `nowMs`, and while no number of it is older than a minute; without active sessions, none that allows it. `asOfMs`
 * is the age of the oldest number. All times are epoch milliseconds.
 */
export const cacheUntil = (
  active: Iterable<Pick<CachedReading<number>, 'expiresAtMs'>>,
  asOfMs: number,
  nowMs: number,
): Record<string, string> => {
  const expiriesMs = [...active].map(({ expiresAtMs }) => expiresAtMs);
  if (expiriesMs.length === 0) return {};
  const remainingMs = Math.min(...expiriesMs, asOfMs + MAX_AGE_MS) - nowMs;
  return remainingMs < 1_000
    ? {}
    : { 'Cache-Control': `public, max-age=${Math.floor(remainingMs / 1_000)}` };
};

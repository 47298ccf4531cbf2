import { expect, it } from 'vitest';
import { parseHttpRequest } from '../../src/http/http-request.ts';
import { createReadCounts } from '../../src/query/read-counts.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { NOW, NOW_MS } from '../support/stream-records.ts';

it('answers both numbers, the window and the instant, and no cache keeps them', async () => {
  const windows: string[] = [];
  const readCounts = createReadCounts({
    readCounter: async () => ({ total: 42 }),
    countActive: async (since) => windows.push(since) + 2,
    activeWindowMinutes: 60,
    now: () => NOW_MS,
  });
  const request = parseHttpRequest(httpApiEvent({ method: 'GET', path: '/counts' }));
  const { statusCode, headers, body } = await readCounts(request);
  expect(statusCode).toBe(200);
  expect(headers['Cache-Control']).toBe('no-store');
  expect(JSON.parse(body)).toEqual({
    unique_session_count: 42,
    active_sessions: 3,
    active_window_minutes: 60,
    as_of: NOW,
  });
  expect(windows).toEqual(['2026-11-23T17:00:00.000Z']);
});

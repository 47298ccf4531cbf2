import { expect, it } from 'vitest';
import { activeWindow } from '../../src/domain/active-window.ts';

const NOW_MS = Date.parse('2026-11-23T18:00:00.500Z');

it('a session is active for less than the given number of minutes', () => {
  expect(activeWindow(NOW_MS, 90).from).toBe('2026-11-23T16:30:00.501Z');
});

it('a session seen in the future is active if clocks may differ by that much', () => {
  expect(activeWindow(NOW_MS, 90).until).toBe('2026-11-23T18:05:00.500Z');
});

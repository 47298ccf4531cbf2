import { expect, it } from 'vitest';
import { refreshDelay } from '../../../../src/local/dashboard/page/refresh-delay.ts';

const DAY_MS = 86_400_000;

it('is five seconds up to a day, and half a minute for a week', () => {
  expect(refreshDelay(DAY_MS)).toBe(5_000);
  expect(refreshDelay(7 * DAY_MS) / 1_000).toBeCloseTo(30, 0);
});

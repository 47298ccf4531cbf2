import { expect, it } from 'vitest';
import { parseUtcDay, utcDay } from '../../src/domain/utc-day.ts';

it('the day of an instant is that of UTC, wherever the machine stands', () => {
  expect(utcDay(Date.parse('2026-11-23T23:59:59.999Z'))).toBe('2026-11-23');
  expect(utcDay(Date.parse('2026-11-23T23:59:59.999-01:00'))).toBe('2026-11-24');
});

it('the day of a timestamp is its first ten characters', () => {
  expect(parseUtcDay('2026-11-23T18:00:00.000Z')).toBe('2026-11-23');
});

it.each([
  '',
  'yesterday',
  ' 2026-11-23T18:00:00.000Z',
  '+002026-11-23T18:00:00.000Z',
  ['2026-11-23T18:00:00.000Z'],
  '2026-11-23',
  '2026-13-45T00:00:00.000Z',
  1_795_456_800,
  undefined,
])('%j has no day', (text) => {
  expect(parseUtcDay(text)).toBeUndefined();
});

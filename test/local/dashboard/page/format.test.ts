import { expect, it } from 'vitest';
import {
  formatFully,
  formatPeriod,
  formatShortly,
  formatTick,
} from '../../../../src/local/dashboard/page/format.ts';

const digitsOf = (text: string): string => text.replace(/[^\d]/g, '');

it('shows all digits, or as many as a reader takes in', () => {
  expect(digitsOf(formatFully(1_234_567.125))).toBe('1234567125');
  expect(digitsOf(formatShortly(1_234_567))).toBe('1234567');
  expect(digitsOf(formatShortly(1.23456))).toBe('1235');
});

it.each([
  [60, '1 min'],
  [300, '5 min'],
  [3_600, '1 h'],
  [86_400, '1 d'],
  [90, '90 s'],
])('shows %i seconds as %s', (seconds, text) => {
  expect(formatPeriod(seconds)).toBe(text);
});

it('labels midnight, and ticks of days, with the day', () => {
  const midnight = new Date(2026, 10, 27).getTime();
  const noon = midnight + 12 * 3_600_000;
  expect(formatTick(midnight, 3_600)).not.toContain(':');
  expect(formatTick(noon, 3_600)).toBe('12:00');
  expect(formatTick(noon, 86_400)).toBe(formatTick(midnight, 3_600));
});

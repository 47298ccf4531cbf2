import { expect, it } from 'vitest';
import {
  isDue,
  parseScheduleExpression,
} from '../../../../src/local/observation/schedules/schedule-expression.ts';

const at = (time: string): number => Date.parse(`2026-11-27T${time}Z`);

it.each([
  ['rate(1 minute)', '12:00:59', '12:01:00', true],
  ['rate(1 minute)', '12:01:00', '12:01:59', false],
  ['rate(5 minutes)', '12:04:59', '12:05:00', true],
  ['rate(2 hours)', '11:59:59', '12:00:00', true],
  ['rate(2 hours)', '12:00:00', '13:59:59', false],
  ['rate(1 day)', '00:00:00', '23:59:59', false],
  ['cron(30 6 * * ? *)', '06:29:59', '06:30:00', true],
  ['cron(30 6 * * ? *)', '06:30:00', '23:59:59', false],
  ['cron(30 6 * * ? *)', '05:00:00', '07:00:00', true],
])('%s after %s and up to %s is due: %s', (expression, from, to, expected) => {
  expect(isDue(parseScheduleExpression(expression), at(from), at(to))).toBe(expected);
});

it.each([
  'rate(0 minutes)',
  'cron(0 7 ? * MON *)',
  'cron(60 6 * * ? *)',
  'at(2026-11-27T00:00:00)',
])('rejects %s', (expression) => {
  expect(() => parseScheduleExpression(expression)).toThrow(
    `The schedule ${expression} is unknown`,
  );
});

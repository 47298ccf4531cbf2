import { expect, it, onTestFinished } from 'vitest';
import { byUtcDay, dayNumber, isUtcDay, parseInstant, utcDay } from '../../src/domain/utc-day.ts';

it('the day of an instant is the UTC day, whatever the time zone of the machine', () => {
  expect(utcDay(Date.parse('2026-11-23T23:59:59.999Z'))).toBe('2026-11-23');
  expect(utcDay(Date.parse('2026-11-23T23:59:59.999-01:00'))).toBe('2026-11-24');
});

it('a timestamp is an instant', () => {
  expect(parseInstant('2026-11-23T18:00:00.000Z')).toBe(Date.UTC(2026, 10, 23, 18));
  expect(parseInstant('2026-11-23T18:00:00+02:00')).toBe(Date.UTC(2026, 10, 23, 16));
  expect(parseInstant('0000-01-01T00:00:00.000Z')).toBe(Date.parse('0000-01-01T00:00:00.000Z'));
  expect(parseInstant('9999-12-31T23:59:59.999Z')).toBe(Date.UTC(9999, 11, 31, 23, 59, 59, 999));
});

it('a time without a zone is not an instant, because machines would parse it differently', () => {
  const { TZ } = process.env;
  onTestFinished(() => {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });
  for (const zone of ['UTC', 'America/New_York']) {
    process.env.TZ = zone;
    expect(parseInstant('2026-11-23T22:00:00.000')).toBeUndefined();
  }
});

it.each([
  '',
  'yesterday',
  ' 2026-11-23T18:00:00.000Z',
  '+002026-11-23T18:00:00.000Z',
  ['2026-11-23T18:00:00.000Z'],
  '2026-11-23',
  '2026-13-45T00:00:00.000Z',
  '9999-12-31T23:30:00-10:00',
  '0000-01-01T00:00:00+10:00',
  1_795_456_800,
  undefined,
])('%j is not an instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

it.each(['2026-11-23T00:00:00.000Z', '2026-11-23T23:59:59.999Z', '1969-12-31T23:59:59.999Z'])(
  'the day number of %s converts back to its date',
  (text) => {
    const epochMs = Date.parse(text);
    expect(byUtcDay(new Map([[dayNumber(epochMs), 3]]))).toEqual(new Map([[utcDay(epochMs), 3]]));
  },
);

it.each(['2026-11-23', '2024-02-29', '0000-01-01', '9999-12-31'])('%s is a day', (day) => {
  expect(isUtcDay(day)).toBe(true);
});

it.each([
  '2026-02-29',
  '2026-04-31',
  '2026-13-01',
  '2026-1-1',
  '2026-11-23T00:00:00Z',
  ' ',
  '',
  20261123,
  undefined,
])('%j is no day', (value) => {
  expect(isUtcDay(value)).toBe(false);
});

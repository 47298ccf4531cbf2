import { expect, it } from 'vitest';
import { parseInterval } from '../../../src/cli/undo/parse-interval.ts';

const TO = '2028-03-01T00:00Z';

it('an interval may begin on a leap day', () => {
  expect(parseInterval('2028-02-29T01:00+01:00', TO)).toEqual({
    from: '2028-02-29T00:00:00.000Z',
    to: '2028-03-01T00:00:00.000Z',
  });
});

it.each(['2026-02-29T00:00Z', '2026-11-31T00:00Z', '2026-02-30T00:00+01:00'])(
  'a day that the calendar does not have is refused: %s',
  (time) => {
    const message = `must be a time with a zone, such as 2026-11-27T03:00Z, on a day of the calendar, but it is "${time}"`;
    expect(() => parseInterval(time, TO)).toThrow(`--from ${message}`);
    expect(() => parseInterval('2026-01-01T00:00Z', time)).toThrow(`--to ${message}`);
  },
);

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant, utcDay } from '../../src/domain/utc-day.ts';
import {
  parseDayAttributes,
  removedAttribute,
  startedAttribute,
  UnreadableDaysError,
} from '../../src/tables/day-attribute.ts';

describe('a day as it is stored', () => {
  it('is named by its number since 1970, in base 36', () => {
    expect(startedAttribute('2026-11-23')).toBe('+g18');
    expect(removedAttribute('2026-11-23')).toBe('-g18');
  });

  it.each(['0000-01-01', '1969-12-31', '1970-01-01', '2026-11-23', '9999-12-31'])(
    'is read as it was written: %s',
    (day) => {
      const item = { [startedAttribute(day)]: 7, [removedAttribute(day)]: -2, total: 5 };
      expect(parseDayAttributes(item, '+')).toEqual(new Map([[day, 7]]));
      expect(parseDayAttributes(item, '-')).toEqual(new Map([[day, -2]]));
    },
  );

  it('is read as it was written for every time that is an instant', () => {
    const years = fc.integer({ min: 0, max: 9_999 }).map((year) => String(year).padStart(4, '0'));
    const edges = fc.constantFrom('01-01T00:00:00', '12-31T23:59:59');
    const zones = fc.constantFrom('Z', '+14:00', '-12:00');
    const isRead = (year: string, edge: string, zone: string): void => {
      const instant = parseInstant(`${year}-${edge}${zone}`);
      if (instant === undefined) return;
      const day = utcDay(instant);
      expect(parseDayAttributes({ [startedAttribute(day)]: 1 }, '+')).toEqual(new Map([[day, 1]]));
    };
    fc.assert(fc.property(years, edges, zones, isRead));
    for (const year of ['0000', '9999']) {
      for (const zone of ['+14:00', '-12:00']) {
        for (const edge of ['01-01T00:00:00', '12-31T23:59:59']) isRead(year, edge, zone);
      }
    }
  });

  it.each([{ '+': 1 }, { '+G18': 1 }, { '+0g18': 1 }, { '+zzzzzz': 1 }, { '+g18 ': 1 }])(
    'is refused under another name: %j',
    (item) => expect(() => parseDayAttributes(item, '+')).toThrow(UnreadableDaysError),
  );

  it.each([1.5, '7', null, 2 ** 60])(
    'is refused with the number %j, which no pack could hold',
    (number) => {
      expect(() => parseDayAttributes({ '+g18': number }, '+')).toThrow(
        /\+g18 of the item \S+ must be .* but it is/,
      );
    },
  );
});

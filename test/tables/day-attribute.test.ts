import { describe, expect, it } from 'vitest';
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

  it.each([{ '+': 1 }, { '+G18': 1 }, { '+0g18': 1 }, { '+zzzzzz': 1 }, { '+g18 ': 1 }])(
    'is refused under another name: %j',
    (item) => expect(() => parseDayAttributes(item, '+')).toThrow(UnreadableDaysError),
  );

  it.each([1.5, '7', null, 2 ** 60])(
    'is refused with the number %j, which no pack could hold',
    (number) => {
      expect(() => parseDayAttributes({ '+g18': number }, '+')).toThrow(
        /\+g18 must be .* but it is/,
      );
    },
  );
});

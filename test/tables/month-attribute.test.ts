import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableDaysError } from '../../src/tables/day-attribute.ts';
import { monthAttribute, parseMonthAttributes } from '../../src/tables/month-attribute.ts';

describe('a month as it is stored', () => {
  it('is named by its number since the year 0, in base 36', () => {
    expect(monthAttribute('2026-11')).toBe('~irm');
  });

  it('is read as it was written', () => {
    const years = fc.integer({ min: 0, max: 9_999 }).map((year) => String(year).padStart(4, '0'));
    const months = fc.integer({ min: 1, max: 12 }).map((month) => String(month).padStart(2, '0'));
    const isRead = (year: string, month: string, number: number): void => {
      const item = { [monthAttribute(`${year}-${month}`)]: number, total: 5 };
      expect(parseMonthAttributes(item)).toEqual(new Map([[`${year}-${month}`, number]]));
    };
    fc.assert(fc.property(years, months, fc.maxSafeInteger(), isRead));
  });

  it.each([{ '~': 1 }, { '~IRM': 1 }, { '~0irm': 1 }, { '~zzzzzz': 1 }, { '~irm ': 1 }])(
    'is refused under another name: %j',
    (item) => expect(() => parseMonthAttributes(item)).toThrow(UnreadableDaysError),
  );

  it.each([1.5, '7', null, 2 ** 60])('is refused with the number %j', (number) => {
    expect(() => parseMonthAttributes({ counter: 'distinct_sessions', '~irm': number })).toThrow(
      /~irm of the item distinct_sessions must be .* but it is/,
    );
  });
});

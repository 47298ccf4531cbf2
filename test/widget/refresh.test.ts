import { describe, expect, it } from 'vitest';
import { delayAfter } from '../../src/widget/refresh.ts';

const delays = (count: number, delay: (number: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => delay(index + 1) / 1000);

describe('the widget reads the counts again', () => {
  it('after 1, 4 and 16 seconds, because the count follows a visit, then every minute', () => {
    expect(delays(6, (number) => delayAfter(0, number - 1, null))).toEqual([1, 4, 16, 60, 60, 60]);
  });

  it('as often as the refresh attribute says', () => {
    expect(delays(4, (number) => delayAfter(0, number - 1, '10'))).toEqual([1, 4, 10, 10]);
    expect(delays(6, (number) => delayAfter(0, number, '300')).at(-1)).toBe(300);
  });

  it.each(['', 'often', '0', 'NaN'])('every minute if the attribute is "%s"', (refresh) => {
    expect(delayAfter(0, 99, refresh)).toBe(60_000);
  });

  it.each(['0.01', '-5'])('at most once a second, even if the attribute is %s', (refresh) => {
    expect(delayAfter(0, 99, refresh)).toBe(1_000);
  });

  it.each(['1e400', '86400000', 'Infinity'])('at least once a day, even if it is %s', (refresh) => {
    expect(delayAfter(0, 99, refresh)).toBe(86_400_000);
  });

  it('less and less often while the API fails, down to every five minutes', () => {
    expect(delays(9, (failures) => delayAfter(failures, failures, null))).toEqual([
      ...[5, 10, 20, 40, 80, 160],
      ...[300, 300, 300],
    ]);
    expect(delayAfter(5_000, 5_000, '1')).toBe(300_000);
  });
});

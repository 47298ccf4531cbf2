import { describe, expect, it } from 'vitest';
import { refreshAfter, retryAfter, SETTLED } from '../../src/widget/refresh.ts';

const first = (count: number, secondsOf: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => secondsOf(index));

describe('the widget reads the counts again', () => {
  it('after 1, 4 and 16 seconds while the count may follow the visit, then every minute', () => {
    expect(first(6, (reads) => refreshAfter(reads, null))).toEqual([1, 4, 16, 60, 60, 60]);
    expect(refreshAfter(SETTLED, null)).toBe(60);
  });

  it('as often as the refresh attribute says', () => {
    expect(first(4, (reads) => refreshAfter(reads, '10'))).toEqual([1, 4, 10, 10]);
    expect(refreshAfter(SETTLED, '300')).toBe(300);
  });

  it.each(['', 'often', '0', 'NaN'])('every minute if the attribute is "%s"', (refresh) => {
    expect(refreshAfter(SETTLED, refresh)).toBe(60);
  });

  it.each(['0.01', '-5'])('at most once a second, even if the attribute is %s', (refresh) => {
    expect(refreshAfter(SETTLED, refresh)).toBe(1);
  });

  it.each(['1e400', '86400000', 'Infinity'])('at least once a day, even if it is %s', (refresh) => {
    expect(refreshAfter(SETTLED, refresh)).toBe(86_400);
  });

  it('less and less often while the API fails, down to every five minutes', () => {
    expect(first(9, (index) => retryAfter(index + 1))).toEqual([
      ...[5, 10, 20, 40, 80, 160],
      ...[300, 300, 300],
    ]);
    expect(retryAfter(5_000)).toBe(300);
  });
});

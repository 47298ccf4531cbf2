import { expect, it } from 'vitest';
import { MAX_BASELINE, shownTotal } from '../../src/domain/baseline.ts';

it('the number that readers see is the total, plus the baseline if there is one', () => {
  expect(shownTotal({ total: 42 })).toBe(42);
  expect(shownTotal({ total: 42, baseline: { sessions: 10_000 } })).toBe(10_042);
});

it('the largest baseline leaves room for any total that rows can prove', () => {
  const sessionsADayForAThousandYears = 1e9 * 365 * 1_000;
  expect(Number.isSafeInteger(MAX_BASELINE + sessionsADayForAThousandYears)).toBe(true);
});

import { expect, it } from 'vitest';
import type { CounterSurvey } from '../../../src/audit/rebuild.ts';
import { formatRebuild } from '../../../src/cli/rebuild/format-rebuild.ts';
import { EMPTY_COUNTER } from '../../../src/domain/counter.ts';
import { SITE } from '../../../src/domain/counter-name.ts';

const CUTOFF = '2026-11-23T18:00:00.000Z';
const surveyOf = (total: number, removed: number): CounterSurvey => ({
  ...{ missing: 5, surplus: 2, uncertainty: 1 },
  correction: { cutoff: CUTOFF, total, removed, startedByDay: new Map(), removedByDay: new Map() },
  counter: { ...EMPTY_COUNTER, total: 100, removed: 10 },
});
const format = (total: number, removed: number, isCorrected: boolean): string =>
  formatRebuild(
    {
      cutoff: { at: CUTOFF, countedAhead: new Map([[SITE, 0]]) },
      counters: new Map([[SITE, surveyOf(total, removed)]]),
    },
    isCorrected,
    (style, text) => `<${style}>${text}`,
  );

it('shows the total before and after', () => {
  expect(format(5, 2, false)).toBe(
    [
      'Missing in counter   5',
      'Surplus in counter   2',
      'Total before         100',
      'Total after          <bold>105',
      'Removed after        12',
      'Possible error       1',
      'Nothing was changed. To correct the counter, run the command again with --yes.',
    ].join('\n'),
  );
});

it('says that the counter is corrected, or that there was nothing to correct', () => {
  expect(format(5, 2, true)).toMatch(
    /\nThe counter is corrected\. Both totals include visits counted in the meantime\.$/,
  );
  for (const isCorrected of [true, false]) {
    expect(format(0, 0, isCorrected)).toMatch(/\nThe counter agrees with the rows\.$/);
  }
});

import { expect, it } from 'vitest';
import { explainRefusal } from '../../../src/cli/restore/explain-refusal.ts';
import type { RestoreSurvey } from '../../../src/cli/restore/survey-restore.ts';
import { EMPTY_COUNTER } from '../../../src/domain/counter.ts';

const NOW_MS = Date.parse('2026-11-27T12:00:00.000Z');
const TODAY = '2026-11-27';
const YESTERDAY = '2026-11-26';
// The first day that a rebuild compares by itself, and the day before it.
const FIRST = '2026-09-01';
const OLD = '2026-08-31';

const SITE_NOW = { counter: 'site', now: () => NOW_MS };

const surveyOf = (missingByDay: Readonly<Record<string, number>>): RestoreSurvey => {
  const missing = Object.values(missingByDay).reduce((sum, rows) => sum + rows, 0);
  return {
    states: { missing, present: 0, cameBack: 0, expired: 0, marked: 0 },
    ...{ missingByDay: new Map(Object.entries(missingByDay)), rejected: {}, visits: undefined },
  };
};

const explain = (
  missingByDay: Readonly<Record<string, number>>,
  removedByDay: Readonly<Record<string, number>>,
  removed: number,
) =>
  explainRefusal(
    surveyOf(missingByDay),
    { ...EMPTY_COUNTER, removed, removedByDay: new Map(Object.entries(removedByDay)) },
    { kind: 'restore', ...SITE_NOW },
  );

it.each([
  { what: 'all rows that were removed', missing: { [TODAY]: 2 }, days: { [TODAY]: 2 }, removed: 2 },
  { what: 'rows of a day that is no longer kept', missing: { [OLD]: 2 }, days: {}, removed: 2 },
])('a restore of $what is not refused', ({ missing, days, removed }) => {
  expect(explain(missing, days, removed)).toBeUndefined();
});

it.each([
  {
    what: 'more rows than were removed',
    ...{ missing: { [OLD]: 3 }, days: {}, removed: 2 },
    says: '3 rows of the counter site would come back, but the counter counts only 2 of them as removed. ',
  },
  {
    what: 'more rows of a day than were removed',
    ...{ missing: { [FIRST]: 2 }, days: { [FIRST]: 1, [TODAY]: 1 }, removed: 2 },
    says: '2 rows first visited on 2026-09-01 would come back, but the counter counts only 1 of them as removed. ',
  },
  {
    what: 'more rows of several days than were removed',
    ...{ missing: { [TODAY]: 1, [YESTERDAY]: 2 }, days: {}, removed: 9 },
    says: '2 rows first visited on 2026-11-26 would come back, but the counter counts only 0 of them as removed, and too few on 1 other day. ',
  },
])('a restore of $what is refused', ({ missing, days, removed, says }) => {
  expect(explain(missing, days, removed)).toContain(says);
});

const explainRetracted = (missing: Readonly<Record<string, number>>, lastUndo?: string) =>
  explainRefusal(
    surveyOf(missing),
    { ...EMPTY_COUNTER, lastUndo },
    { kind: 'restore-retracted', ...SITE_NOW },
  );

it('a restore of retracted sessions needs a retract that ran after their first visits', () => {
  const lastUndo = `${YESTERDAY}T10:00:00.000Z`;
  expect(explainRetracted({ [YESTERDAY]: 2 }, lastUndo)).toBeUndefined();
  expect(explainRetracted({}, undefined)).toBeUndefined();
  expect(explainRetracted({ [YESTERDAY]: 2 })).toContain('No retract ever ran on the counter site');
  expect(explainRetracted({ [YESTERDAY]: 2, [TODAY]: 1 }, lastUndo)).toContain(
    '1 row of the counter site would come back with a first visit after 2026-11-26',
  );
});

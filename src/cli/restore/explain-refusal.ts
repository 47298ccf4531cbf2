import type { Counter } from '../../domain/counter.ts';
import { REBUILT_DAYS } from '../../domain/row-comparison.ts';
import { DAY_MS, utcDay } from '../../domain/utc-day.ts';
import { countOf } from '../console/count-of.ts';
import type { RestoreWork } from './restore-work.ts';
import type { RestoreSurvey } from './survey-restore.ts';

/**
 * Explains why a restore must be wrong, and what to do; undefined if it may be right. The counter must have counted
 * everything that is written, because a restore lowers the number of removed rows, which is never below 0.
 */
export const explainRefusal = (
  survey: RestoreSurvey,
  counter: Counter,
  work: Pick<RestoreWork, 'kind' | 'counter' | 'now'>,
): string | undefined =>
  work.kind === 'restore'
    ? explainExcess(survey, counter, work)
    : explainMissingRetract(survey, counter, work);

const explainMissingRetract = (
  { states, missingByDay }: RestoreSurvey,
  { lastUndo }: Counter,
  { counter }: Pick<RestoreWork, 'counter'>,
): string | undefined => {
  if (states.missing === 0) return undefined;
  if (lastUndo === undefined) {
    return (
      `No retract ever ran on the counter ${counter}, so its missing rows were removed, and their sessions still ` +
      'count. Run the command without --retracted'
    );
  }
  // A retract takes only sessions that began before it.
  const last = utcDay(Date.parse(lastUndo));
  const later = [...missingByDay].filter(([day]) => day > last).map(([, rows]) => rows);
  if (later.length === 0) return undefined;
  return (
    `${countOf(sumOf(later), 'row')} of the counter ${counter} would come back with a first visit after ${last}, the day of ` +
    'the last retract or restore, so no retract took their sessions back. Select the others with --from and --to'
  );
};

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

const explainExcess = (
  { states: { missing }, missingByDay }: RestoreSurvey,
  { removed, removedByDay }: Counter,
  { counter, now }: Pick<RestoreWork, 'counter' | 'now'>,
): string | undefined => {
  if (missing > removed) return explain(missing, removed, `of the counter ${counter}`);
  // Older days may have been dropped, or corrected as one by a rebuild.
  const first = utcDay(now() - (REBUILT_DAYS - 1) * DAY_MS);
  const wrong = [...missingByDay]
    .filter(([day, rows]) => day >= first && rows > (removedByDay.get(day) ?? 0))
    .sort();
  const [[day, rows] = []] = wrong;
  if (day === undefined || rows === undefined) return undefined;
  const others =
    wrong.length === 1 ? '' : `, and too few on ${countOf(wrong.length - 1, 'other day')}`;
  return explain(rows, removedByDay.get(day) ?? 0, `first visited on ${day}`, others);
};

const explain = (rows: number, removed: number, which: string, others = ''): string =>
  `${countOf(rows, 'row')} ${which} would come back, but the counter counts only ${removed} of them as ` +
  `removed${others}. Sessions that a retract took back come back with --retracted; select the others with --from and ` +
  '--to. Rows that this counter never counted need import';

import type { Counter, RunningUndo } from '../../domain/counter.ts';
import { countOf } from '../console/count-of.ts';
import { describeUndo } from '../undo/describe-undo.ts';
import type { RestoreSurvey } from './survey-restore.ts';

/** What a preview shows. */
export interface RestorePreview extends Pick<RestoreSurvey, 'states' | 'rejected'> {
  readonly counter: string;
  /** The name of the source. */
  readonly source: string;
  readonly total: Change;
  readonly removed: Change;
  /** A retract or a restore that has begun and not ended. */
  readonly running: RunningUndo | undefined;
  /** Why the restore would be refused. */
  readonly problem: string | undefined;
}

interface Change {
  readonly before: number;
  readonly after: number;
}

/** Formats a preview as text. */
export const formatRestorePreview = (preview: RestorePreview): string => {
  const { counter, source, states, rejected, total, removed, running, problem } = preview;
  return [
    `Counter ${counter}, rows from ${source}`,
    line('Rows to bring back', states.missing),
    ...describeOthers(states).map(([label, rows]) => line(label, rows)),
    ...Object.entries(rejected).map(([reason, rows]) => line('Rejected', `${rows}: ${reason}`)),
    ...formatChange('Total', total, problem),
    ...formatChange('Removed', removed, problem),
    ...(running ? [line('Running, or killed', describeUndo(running))] : []),
    conclude(preview),
  ].join('\n');
};

// A restore that is refused has no afterwards.
const formatChange = (
  label: string,
  { before, after }: Change,
  problem: string | undefined,
): string[] => [
  line(label, before),
  ...(problem === undefined ? [line(`${label} afterwards`, after)] : []),
];

const conclude = ({ problem, states }: RestorePreview): string => {
  if (problem !== undefined) return `Nothing was changed, and --yes would be refused: ${problem}.`;
  if (states.missing === 0) return 'Nothing was changed, and there is nothing to bring back.';
  return 'Nothing was changed. To bring these rows back, run the command again with --yes.';
};

const line = (label: string, value: string | number): string => `  ${label.padEnd(22)} ${value}`;

const describeOthers = ({
  present,
  cameBack,
  expired,
  marked,
}: RestoreSurvey['states']): [string, number][] => [
  ['Already there', present],
  ['Visitor came back', cameBack],
  ['Expired', expired],
  ...(marked === 0 ? [] : ([['Marked by a retract', marked]] as [string, number][])),
];

/** What a restore did. */
export interface Restored extends Pick<RestoreSurvey, 'states' | 'rejected'> {
  readonly counter: string;
  readonly before: Counter;
  readonly after: Counter;
}

/** Formats the result of a restore as text. */
export const formatRestored = ({ counter, states, rejected, before, after }: Restored): string =>
  [
    `Brought back ${countOf(states.missing, 'row')} of the counter ${counter}.`,
    ...explainOthers(states),
    ...Object.entries(rejected).map(
      ([reason, rows]) => `${countOf(rows, 'row')} rejected: ${reason}.`,
    ),
    `The total was ${before.total} and is ${after.total}, removed was ${before.removed} and is ${after.removed}, with what ` +
      'was counted meanwhile.',
  ].join('\n');

const explainOthers = ({ present, cameBack, expired, marked }: RestoreSurvey['states']): string[] =>
  (
    [
      [present, 'there already'],
      [cameBack, 'not brought back: the visitor came back, and keeps the new row'],
      [expired, 'not brought back: expired'],
      [marked, 'not brought back: a retract was taking the session back, see --retracted'],
    ] as const
  )
    .filter(([rows]) => rows > 0)
    .map(([rows, what]) => `${countOf(rows, 'row')} ${what}.`);

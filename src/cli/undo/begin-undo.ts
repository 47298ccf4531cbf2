import type { Counter, RunningUndo } from '../../domain/counter.ts';
import { commandOf, type UndoStore } from '../../domain/undo.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { CommandError } from '../command-error.ts';
import { describeUndo } from './describe-undo.ts';

export interface BeginDependencies {
  readonly store: UndoStore;
  /** The counter, by a strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** DynamoDB's clock, epoch milliseconds. */
  readonly now: () => number;
}

/** A retract or a restore that is to begin. */
export type NewUndo = Omit<RunningUndo, 'at'>;

const MAX_ATTEMPTS = 5;

/**
 * Begins a retract or a restore of this interval, or continues the one that was killed. Throws a CommandError that says
 * what to do if a rebuild or another one is running, and what its dependencies throw.
 */
export const beginOrContinue = async (
  dependencies: BeginDependencies,
  wanted: NewUndo,
  attempts = MAX_ATTEMPTS,
): Promise<RunningUndo> => {
  const { store, readCounter, now } = dependencies;
  const { undo, rebuild, lastUndo } = await readCounter();
  if (undo && isSame(undo, wanted)) return undo;
  if (undo) throw isRunning(undo);
  if (rebuild) throw new CommandError(REBUILDING);
  const begun = { ...wanted, at: laterThan(lastUndo, now()) };
  // Refused if the counter has changed since, or if the answer to a request that succeeded was lost.
  if (await store.beginUndo(begun, lastUndo)) return begun;
  if (attempts === 1) throw new CommandError(refusal(wanted));
  return beginOrContinue(dependencies, wanted, attempts - 1);
};

const isSame = (undo: RunningUndo, { kind, from, to }: NewUndo): boolean =>
  undo.kind === kind && undo.from === from && undo.to === to;

// The time identifies a retract or a restore, so no two of a counter may have the same.
const laterThan = (last: string | undefined, nowMs: number): string =>
  new Date(last === undefined ? nowMs : Math.max(nowMs, Date.parse(last) + 1)).toISOString();

const isRunning = (undo: RunningUndo): CommandError =>
  new CommandError(
    `A ${describeUndo(undo)} is running, or was killed. Nothing was changed. To finish it, run ${toFinish(undo)}; to ` +
      `give it up, run ${commandLine(commandOf(undo.kind), '--abort')}`,
  );

const toFinish = ({ kind, from, to }: RunningUndo): string => {
  const interval = `--from ${from} --to ${to} --yes`;
  if (kind === 'retract') return commandLine('retract', interval);
  const option = kind === 'restore-retracted' ? '--retracted ' : '';
  return `${commandLine('restore', `${option}${interval}`)} with the same source`;
};

const refusal = ({ kind }: NewUndo): string =>
  `The ${commandOf(kind)} could not begin: others are beginning on this counter, or an attribute of its item was ` +
  'edited. Nothing was changed. Run the command again';

const REBUILDING =
  'A rebuild of this counter is running, or was killed. Nothing was changed. Wait until it has ended, or run ' +
  `${commandLine('rebuild')}, which ends one that was killed; then run this command again`;

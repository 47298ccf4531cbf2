import { forCounter } from '../../audit/for-counter.ts';
import { ofCounter } from '../../audit/of-counter.ts';
import type { Counter, RunningUndo } from '../../domain/counter.ts';
import { commandOf } from '../../domain/undo.ts';
import { commandLine } from '../../runtime/command-line.ts';

/** A retract or a restore that is to begin. */
export type NewUndo = Omit<RunningUndo, 'at'>;

/** Why a retract or a restore cannot begin. */
export interface Obstacle {
  /** What is running. */
  readonly what: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * What keeps a retract or a restore from beginning in the counter of this name: a rebuild or another one that is
 * running, or was killed. Undefined if nothing does, or if it is the one that is running, which it continues.
 */
export const findObstacle = (
  { undo, rebuild }: Pick<Counter, 'undo' | 'rebuild'>,
  wanted: NewUndo,
  counter: string,
): Obstacle | undefined => {
  if (undo) return isSame(undo, wanted) ? undefined : runningUndo(undo, counter);
  return rebuild ? runningRebuild(counter) : undefined;
};

const isSame = (undo: RunningUndo, { kind, from, to }: NewUndo): boolean =>
  undo.kind === kind && undo.from === from && undo.to === to;

const runningUndo = (undo: RunningUndo, counter: string): Obstacle => {
  const command = commandOf(undo.kind);
  const toGiveUp = commandLine(command, `--abort${forCounter(counter)}`);
  return {
    what: `A ${command}${ofCounter(counter)} from ${undo.from} to ${undo.to} is running, or was killed`,
    remedy: `To finish it, run ${toFinish(undo, counter)}; to give it up, run ${toGiveUp}`,
  };
};

const toFinish = ({ kind, from, to }: RunningUndo, counter: string): string => {
  const interval = `--from ${from} --to ${to}${forCounter(counter)} --yes`;
  if (kind === 'retract') return commandLine('retract', interval);
  const option = kind === 'restore-retracted' ? '--retracted ' : '';
  return `${commandLine('restore', `${option}${interval}`)} with the same source`;
};

const runningRebuild = (counter: string): Obstacle => ({
  what: 'A rebuild of this counter is running, or was killed',
  remedy:
    `Wait until it has ended, or run ${commandLine('rebuild', forCounter(counter).trim())}, which ends one that was ` +
    'killed; then run this command again',
});

import type { Counter, RunningUndo } from '../../domain/counter.ts';
import { commandOf, type UndoStore } from '../../domain/undo.ts';
import { CommandError } from '../command-error.ts';
import { findObstacle, type NewUndo } from './find-obstacle.ts';

export interface BeginDependencies {
  /** Its name. */
  readonly counter: string;
  readonly store: UndoStore;
  /** The counter, by a strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** DynamoDB's clock, epoch milliseconds. */
  readonly now: () => number;
}

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
  const { counter, store, readCounter, now } = dependencies;
  const found = await readCounter();
  const obstacle = findObstacle(found, wanted, counter);
  if (obstacle) {
    throw new CommandError(`${obstacle.what}. Nothing was changed. ${obstacle.remedy}`);
  }
  const { undo, lastUndo } = found;
  if (undo) return undo;
  const begun = { ...wanted, at: laterThan(lastUndo, now()) };
  // Refused if the counter has changed since, or if the answer to a request that succeeded was lost.
  if (await store.beginUndo(begun, lastUndo)) return begun;
  if (attempts === 1) throw new CommandError(refusal(wanted));
  return beginOrContinue(dependencies, wanted, attempts - 1);
};

// The time identifies a retract or a restore, so no two of a counter may have the same.
const laterThan = (last: string | undefined, nowMs: number): string =>
  new Date(last === undefined ? nowMs : Math.max(nowMs, Date.parse(last) + 1)).toISOString();

const refusal = ({ kind }: NewUndo): string =>
  `The ${commandOf(kind)} could not begin: others are beginning on this counter, or an attribute of its item was ` +
  'edited. Nothing was changed. Run the command again';

import { type Checkpoint, type Counter, type CounterChange, EMPTY_COUNTER } from './counter.ts';
import type { CommitAnswer, CommitChange } from './counter-store.ts';
import { addToDay, type UtcDay } from './utc-day.ts';

/** A counter store in memory, held to the same contract tests as the one in DynamoDB. */
export interface MemoryCounter {
  readonly commitChange: CommitChange;
  readonly read: () => Counter;
}

/** A store that holds `counter` at first. */
export const createMemoryCounter = (counter: Counter = EMPTY_COUNTER): MemoryCounter => {
  let current = counter;
  const commitChange = async (change: CounterChange): Promise<CommitAnswer> => {
    if (!holds(current, change)) return { status: 'conflict', counter: current };
    current = applied(current, change);
    return { status: 'committed', counter: current };
  };
  return { commitChange, read: () => current };
};

const holds = ({ checkpoints }: Counter, change: CounterChange): boolean =>
  isSame(checkpoints.get(change.shardId), change.basis) &&
  [...change.expired.checkpoints].every(([id, seen]) => isSame(checkpoints.get(id), seen));

const isSame = (a: Checkpoint | undefined, b: Checkpoint | undefined): boolean =>
  a?.sequence === b?.sequence && a?.at === b?.at;

const applied = (counter: Counter, change: CounterChange): Counter => {
  const { expired } = change;
  const checkpoints = new Map(counter.checkpoints).set(change.shardId, change.checkpoint);
  for (const shardId of expired.checkpoints.keys()) checkpoints.delete(shardId);
  return {
    total: counter.total + change.started,
    removed: counter.removed + change.removed,
    startedByDay: summedDays(counter.startedByDay, change.startedByDay, expired.startedDays),
    removedByDay: summedDays(counter.removedByDay, change.removedByDay, expired.removedDays),
    checkpoints,
    updatedAt: change.updatedAt,
  };
};

const summedDays = (
  held: ReadonlyMap<UtcDay, number>,
  added: ReadonlyMap<UtcDay, number>,
  expired: readonly UtcDay[],
): Map<UtcDay, number> => {
  const sums = new Map(held);
  for (const [day, count] of added) addToDay(sums, day, count);
  for (const day of expired) sums.delete(day);
  return sums;
};

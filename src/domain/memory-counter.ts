import { type Checkpoint, type Counter, type CounterChange, EMPTY_COUNTER } from './counter.ts';
import type { CommitAnswer, CommitChange } from './counter-store.ts';

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
  const startedByDay = new Map(counter.startedByDay);
  for (const [day, count] of change.startedByDay) {
    startedByDay.set(day, (startedByDay.get(day) ?? 0) + count);
  }
  const checkpoints = new Map(counter.checkpoints).set(change.shardId, change.checkpoint);
  for (const day of change.expired.days) startedByDay.delete(day);
  for (const shardId of change.expired.checkpoints.keys()) checkpoints.delete(shardId);
  return {
    total: counter.total + change.started,
    removed: counter.removed + change.removed,
    startedByDay,
    checkpoints,
    updatedAt: change.updatedAt,
  };
};

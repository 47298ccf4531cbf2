import { type Checkpoint, type Counter, EMPTY_COUNTER } from './counter.ts';
import type { CounterChange } from './counter-change.ts';
import type { CommitAnswer, CommitChange } from './counter-store.ts';
import {
  type DayNumbers,
  isSamePack,
  joinDays,
  type Packing,
  separateDays,
} from './day-packing.ts';
import { type Correction, deadlineOfRebuild, type RebuildStore } from './rebuild.ts';
import type { UndoStore } from './undo.ts';
import type { UtcDay } from './utc-day.ts';
import { byMonth, joinMonths } from './utc-month.ts';

/** A counter store in memory; it passes the same contract tests as the one in DynamoDB. */
export interface MemoryCounter extends RebuildStore, UndoStore {
  readonly commitChange: CommitChange;
  readonly read: () => Counter;
}

/** A store that initially holds `counter`. */
export const createMemoryCounter = (counter: Counter = EMPTY_COUNTER): MemoryCounter => {
  let current = counter;
  const commitChange = async (change: CounterChange): Promise<CommitAnswer> => {
    if (!holds(current, change)) return { status: 'conflict', counter: current };
    current = applied(current, change);
    return { status: 'committed', counter: current };
  };
  const changeIf = async (isAllowed: boolean, change: () => Counter): Promise<boolean> => {
    if (isAllowed) current = change();
    return isAllowed;
  };
  return {
    commitChange,
    read: () => current,
    beginRebuild: (cutoff, lastCutoff) =>
      changeIf(isIdle(current) && current.lastCutoff === lastCutoff, () =>
        withRebuild(current, cutoff),
      ),
    abortRebuild: (cutoff) =>
      changeIf(current.rebuild?.cutoff === cutoff, () => withoutRebuild(current)),
    applyCorrection: (correction, at) =>
      changeIf(isInTime(current, correction), () => withCorrection(current, correction, at)),
    beginUndo: (undo, lastUndo) =>
      changeIf(isIdle(current) && current.lastUndo === lastUndo, () => ({
        ...current,
        ...{ undo, lastUndo: undo.at },
      })),
    endUndo: (at) => changeIf(current.undo?.at === at, () => ({ ...current, undo: undefined })),
  };
};

const isIdle = ({ rebuild, undo }: Counter): boolean => !rebuild && !undo;

const holds = (counter: Counter, change: CounterChange): boolean =>
  isAsExpected(counter, change) && isAsPacked(counter, change.packing);

const isAsExpected = (
  { checkpoints, rebuild, watermark }: Counter,
  change: CounterChange,
): boolean =>
  rebuild?.cutoff === change.rebuild?.cutoff &&
  watermark === change.watermark.expected &&
  isSame(checkpoints.get(change.shardId), change.expectedCheckpoint) &&
  [...change.expired.checkpoints].every(([id, seen]) => isSame(checkpoints.get(id), seen));

const isAsPacked = (counter: Counter, packing: Packing | undefined): boolean =>
  packing === undefined ||
  (isSamePack(counter.pack, packing.expected) &&
    isStored(separateOf(counter, 'startedByDay'), packing.moved.startedByDay) &&
    isStored(separateOf(counter, 'removedByDay'), packing.moved.removedByDay));

const isStored = (stored: ReadonlyMap<UtcDay, number>, seen: ReadonlyMap<UtcDay, number>) =>
  [...seen].every(([day, number]) => stored.get(day) === number);

const isSame = (a: Checkpoint | undefined, b: Checkpoint | undefined): boolean =>
  a?.sequence === b?.sequence && a?.at === b?.at;

const applied = (counter: Counter, change: CounterChange): Counter => {
  const checkpoints = new Map(counter.checkpoints).set(change.shardId, change.checkpoint);
  for (const shardId of change.expired.checkpoints.keys()) checkpoints.delete(shardId);
  return {
    total: counter.total + change.started,
    removed: counter.removed + change.removed,
    startedByDay: daysAfter(counter, change, 'startedByDay'),
    removedByDay: daysAfter(counter, change, 'removedByDay'),
    startedByMonth: joinMonths(counter.startedByMonth, change.startedByMonth),
    pack: change.packing?.next ?? counter.pack,
    checkpoints,
    watermark: change.watermark.next,
    updatedAt: change.updatedAt ?? counter.updatedAt,
    rebuild: counter.rebuild && {
      cutoff: counter.rebuild.cutoff,
      started: counter.rebuild.started + (change.rebuild?.started ?? 0),
      removed: counter.rebuild.removed + (change.rebuild?.removed ?? 0),
    },
    lastCutoff: counter.lastCutoff,
    rebuilt: counter.rebuilt,
    undo: counter.undo,
    lastUndo: counter.lastUndo,
  };
};

const isInTime = ({ rebuild, updatedAt = '' }: Counter, { cutoff }: Correction): boolean =>
  rebuild?.cutoff === cutoff && updatedAt <= deadlineOfRebuild(cutoff);

const withRebuild = (counter: Counter, cutoff: string): Counter => ({
  ...counter,
  rebuild: { cutoff, started: 0, removed: 0 },
  lastCutoff: cutoff,
});

const withoutRebuild = (counter: Counter): Counter => ({ ...counter, rebuild: undefined });

const withCorrection = (counter: Counter, correction: Correction, at: string): Counter => ({
  ...withoutRebuild(counter),
  total: counter.total + correction.total,
  removed: counter.removed + correction.removed,
  startedByDay: joinDays(counter.startedByDay, correction.startedByDay),
  removedByDay: joinDays(counter.removedByDay, correction.removedByDay),
  startedByMonth: joinMonths(counter.startedByMonth, byMonth(correction.startedByDay)),
  rebuilt: { cutoff: correction.cutoff, at, total: correction.total, removed: correction.removed },
});

const separateOf = (counter: Counter, kind: keyof DayNumbers): Map<UtcDay, number> =>
  separateDays(counter[kind], counter.pack[kind]);

const EXPIRED_DAYS = { startedByDay: 'startedDays', removedByDay: 'removedDays' } as const;

// The separately stored days and the pack after a change, each as DynamoDB stores it.
const daysAfter = (
  counter: Counter,
  { expired, packing, ...added }: CounterChange,
  kind: keyof DayNumbers,
): Map<UtcDay, number> => {
  const separate = joinDays(separateOf(counter, kind), added[kind]);
  for (const day of expired[EXPIRED_DAYS[kind]]) separate.delete(day);
  for (const day of packing?.moved[kind].keys() ?? []) separate.delete(day);
  return joinDays((packing?.next ?? counter.pack)[kind], separate);
};

import { COUNTERS, counterOf } from './counters.ts';
import type { Step } from './history.ts';
import { markRetracted, removeRow, restoreRow, unmarkRetracted } from './row-writes.ts';
import type { RetractRun, World } from './world.ts';

/**
 * Begins a retract of some rows of one counter, or resumes the one that has begun, for some of its requests, and kills
 * it afterwards if asked to. A counter that is being rebuilt refuses it, and one with a retract refuses a rebuild.
 */
export const playRetract = (world: World, step: Extract<Step, { op: 'retract' }>): void => {
  const counter = COUNTERS[step.counter % COUNTERS.length] as string;
  if (isRebuilding(world, counter)) {
    world.countEvent('retract refused: a rebuild is running');
    return;
  }
  const running = world.retracts.get(counter);
  if (running && step.isAborted) {
    abortRetract(world, counter);
    return;
  }
  const run = running ?? beginRetract(world, step);
  world.retracts.set(counter, run);
  run.requests ??= requestsOf(world, counter, run);
  send(world, counter, step);
  if (!step.isKilled || !world.retracts.has(counter)) return;
  run.requests = undefined;
  world.countEvent('retract killed');
};

/** Resumes every retract that has begun, and runs it to its end. */
export const finishRetracts = (world: World): void => {
  for (const [counter, run] of world.retracts) {
    run.requests ??= requestsOf(world, counter, run);
    send(world, counter, { calls: Number.POSITIVE_INFINITY, losesAnswers: false });
  }
};

/** Brings deleted rows back, except those of a counter that is being rebuilt. */
export const playRestore = (
  world: World,
  { row: first, count }: Extract<Step, { op: 'restore' }>,
): void => {
  for (let row = first; row < first + count; row += 1)
    if (!isRebuilding(world, counterOf(row))) restoreRow(world.model, row);
};

const isRebuilding = ({ rebuilds }: World, counter: string): boolean =>
  rebuilds.some(({ counters }) => counters.includes(counter));

const beginRetract = (
  { model }: World,
  { row, count }: Extract<Step, { op: 'retract' }>,
): RetractRun => ({ first: row, count, untilMs: model.nowMs, requests: undefined });

// It reads the rows, and marks all of them before it deletes the first: in between, anything may happen.
const requestsOf = (
  { model }: World,
  counter: string,
  { first, count, untilMs }: RetractRun,
): (() => void)[] => {
  const rows = [...model.rows].filter(
    ([row, firstMs]) =>
      row >= first && row < first + count && firstMs < untilMs && counterOf(row) === counter,
  );
  const mark =
    ([row, firstMs]: readonly [number, number]) =>
    () =>
      markRetracted(model, row, firstMs);
  const remove =
    ([row]: readonly [number, number]) =>
    () => {
      if (model.marked.retracted.has(row)) removeRow(model, row, 'retract');
    };
  return [...rows.map(mark), ...rows.map(remove)];
};

const abortRetract = ({ model, retracts, countEvent }: World, counter: string): void => {
  for (const row of [...model.marked.retracted])
    if (counterOf(row) === counter) unmarkRetracted(model, row);
  retracts.delete(counter);
  countEvent('retract given up');
};

// The SDK sends a request again when its response is lost.
const send = (
  world: World,
  counter: string,
  { calls, losesAnswers }: { readonly calls: number; readonly losesAnswers: boolean },
): void => {
  const { requests = [] } = world.retracts.get(counter) ?? {};
  for (const request of requests.splice(0, calls)) {
    request();
    if (losesAnswers) request();
  }
  if (requests.length > 0) return;
  world.retracts.delete(counter);
  world.countEvent('retract');
};

import { CommandError } from '../../src/cli/command-error.ts';
import { beginOrContinue } from '../../src/cli/undo/begin-undo.ts';
import type { NewUndo } from '../../src/cli/undo/find-obstacle.ts';
import type { RunningUndo } from '../../src/domain/counter.ts';
import { COUNTERS, counterOf } from './counters.ts';
import type { Step } from './history.ts';
import {
  insertOldRow,
  markRetracted,
  removeRow,
  restoreRow,
  unmarkRetracted,
} from './row-writes.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

type UndoStep = Extract<Step, { op: 'undo' }>;

/**
 * Begins a retract or a restore in one counter, or resumes the one that has begun, for some of its requests, and kills
 * it afterwards if asked to. While a rebuild or another one is running, the real code refuses it.
 */
export const playUndo = async (world: World, step: UndoStep): Promise<void> => {
  const counter = COUNTERS[step.counter % COUNTERS.length] as string;
  const { undo: running } = world.counters.of(counter).read();
  if (running && step.isAborted) {
    await abortUndo(world, counter, running);
    return;
  }
  const wanted = running?.kind === step.kind ? running : intervalOf(world, step);
  const begun = await beginUndo(world, counter, wanted, step.losesAnswers);
  if (begun) await send(world, counter, begun, step);
  if (step.isKilled && world.undoRequests.delete(counter)) world.countEvent(`${step.kind} killed`);
};

/** Resumes every retract and restore that has begun, and runs it to its end. */
export const finishUndos = async (world: World): Promise<void> => {
  for (const counter of COUNTERS) {
    const { undo } = world.counters.of(counter).read();
    if (undo) await send(world, counter, undo, { calls: Infinity, losesAnswers: false });
  }
};

/** Begins or continues a retract or a restore as the commands do; returns undefined when they refuse it. */
export const beginUndo = async (
  { counters, model, countEvent }: World,
  counter: string,
  wanted: NewUndo,
  losesAnswers = false,
): Promise<RunningUndo | undefined> => {
  const { beginUndo: begin, endUndo, read } = counters.of(counter);
  const store = {
    endUndo,
    // The SDK sends a request again when its response is lost.
    beginUndo: async (...undo: Parameters<typeof begin>) =>
      (await begin(...undo)) && (!losesAnswers || (await begin(...undo))),
  };
  const readCounter = async () => read();
  const dependencies = { counter, store, readCounter, now: () => model.nowMs };
  try {
    return await beginOrContinue(dependencies, wanted);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    countEvent(`${wanted.kind} refused: ${reasonOf(error)}`);
    return undefined;
  }
};

const reasonOf = ({ message }: CommandError): string => {
  const reason = /rebuild|retract|restore/.exec(message)?.[0];
  if (/is running, or was killed/.test(message) && reason) return `a ${reason} is running`;
  throw new Violation('A retract or a restore may be refused only for a known reason', 1, message);
};

const intervalOf = ({ model }: World, { kind, row, minutes }: UndoStep): NewUndo => {
  const firstVisits = [...(kind === 'retract' ? model.rows : model.deleted).values()];
  const fromMs = firstVisits[row % firstVisits.length] ?? model.nowMs;
  const toMs = Math.min(fromMs + minutes * 60_000, model.nowMs);
  return { kind, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
};

// It reads the rows, and marks all of them before it deletes the first: in between, anything may happen.
const requestsOf = (
  { model }: World,
  counter: string,
  { kind, from, to }: RunningUndo,
): (() => void)[] => {
  const isChosen = ([row, firstMs]: readonly [number, number]): boolean =>
    firstMs >= Date.parse(from) && firstMs < Date.parse(to) && counterOf(row) === counter;
  if (kind !== 'retract') {
    const restore = kind === 'restore' ? restoreRow : insertOldRow;
    const missing = [...model.deleted].filter(isChosen);
    return missing.map(
      ([row, firstMs]) =>
        () =>
          restore(model, row, firstMs),
    );
  }
  const rows = [...model.rows].filter(isChosen);
  const marks = rows.map(
    ([row, firstMs]) =>
      () =>
        markRetracted(model, row, firstMs),
  );
  const isMarked = (row: number): boolean => model.marked.retracted.has(row);
  const removals = rows.map(([row]) => () => {
    if (isMarked(row)) removeRow(model, row, 'retract');
  });
  return [...marks, ...removals];
};

const send = async (
  world: World,
  counter: string,
  undo: RunningUndo,
  { calls, losesAnswers }: Pick<UndoStep, 'calls' | 'losesAnswers'>,
): Promise<void> => {
  const requests = world.undoRequests.get(counter) ?? requestsOf(world, counter, undo);
  world.undoRequests.set(counter, requests);
  for (const request of requests.splice(0, calls)) {
    request();
    if (losesAnswers) request();
  }
  if (requests.length > 0) return;
  await endUndo(world, counter, undo);
  world.countEvent(undo.kind);
};

const abortUndo = async (world: World, counter: string, undo: RunningUndo): Promise<void> => {
  const { model, countEvent } = world;
  for (const row of [...model.marked.retracted])
    if (counterOf(row) === counter) unmarkRetracted(model, row);
  await endUndo(world, counter, undo);
  countEvent(`${undo.kind} given up`);
};

/** Ends it. Its records need not be counted yet, although the commands wait for that. */
export const endUndo = async (
  { counters, undoRequests }: World,
  counter: string,
  { at }: RunningUndo,
): Promise<void> => {
  undoRequests.delete(counter);
  await counters.of(counter).endUndo(at);
};

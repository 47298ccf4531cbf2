import { SITE } from '../../src/domain/counter-name.ts';
import { utcDay } from '../../src/domain/utc-day.ts';
import { COUNTERS } from './counters.ts';
import { createWorld, startContainer } from './create-world.ts';
import { deliverNext } from './delivery.ts';
import { runFinalChecks } from './final-checks.ts';
import { NO_FAULT, type Step } from './history.ts';
import { invoke } from './invocation.ts';
import { leapOver, loseRecords } from './losses.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { drain, readyShards } from './poller.ts';
import { playRebuild } from './rebuilds.ts';
import { redeliver, replayStream, startedShards } from './redelivery.ts';
import { importRow, removeRow, rewriteRow, writeMalformedRecord, writeRow } from './row-writes.ts';
import { DEPLOYED, type SourceSettings } from './source-settings.ts';
import { splitShard } from './stream-model.ts';
import { playUndo } from './undos.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/**
 * Runs a history against the real projector and checks every step, then stops all faults and runs the
 * final checks. Throws a Violation with the number of its step.
 */
export const playHistory = async (
  history: readonly Step[],
  settings: SourceSettings = DEPLOYED,
): Promise<Outcome> => {
  const world = createWorld(settings);
  let at = 0;
  try {
    for (; at < history.length; at += 1) await playStep(world, history[at] as Step);
    await runFinalChecks(world);
  } catch (error) {
    if (error instanceof Violation) error.step = at;
    throw error;
  }
  return outcomeOf(world);
};

type StepOf<Op extends Step['op']> = Extract<Step, { op: Op }>;
type Play<Op extends Step['op']> = (world: World, step: StepOf<Op>) => void | Promise<void>;

const PLAYS: { readonly [Op in Step['op']]: Play<Op> } = {
  visit: ({ model }, { row: first, count }) => {
    for (let row = first; row < first + count; row += 1) writeRow(model, row);
  },
  rewrite: ({ model }, { row }) => rewriteRow(model, row),
  remove: ({ model }, { row, by }) => removeRow(model, row, by),
  undo: playUndo,
  import: ({ model }, { row: first, count, daysAgo }) => {
    for (let row = first; row < first + count; row += 1) importRow(model, row, daysAgo);
  },
  clock: ({ model, countEvent }, { minutesAhead }) => {
    model.ingestAheadMs = minutesAhead * 60_000;
    countEvent(
      minutesAhead > 0 ? 'clock of ingest jumps ahead' : 'clock of ingest is correct again',
    );
  },
  lose: (world, { shard: number, count }) => {
    const shard = pick(readyShards(world), number);
    if (shard) loseRecords(world, shard, count);
  },
  leap: async (world, step) => {
    const shard = pick(readyShards(world), step.shard);
    if (shard) await leapOver(world, shard, step);
  },
  malformed: ({ model }, { row, kind }) => writeMalformedRecord(model, row, kind),
  split: ({ model }, { shard: number, numberings }) => {
    const open = model.shards.filter(({ isOpen }) => isOpen);
    const shard = pick(open, number);
    if (shard) splitShard(model, shard, numberings);
  },
  deliver: async (world, step) => {
    const shard = pick(readyShards(world), step.shard);
    const records = shard?.records.slice(shard.delivered, shard.delivered + step.size) ?? [];
    if (shard) await deliverNext(world, { ...step, shard, records });
  },
  redeliver: async (world, step) => {
    const shard = pick(startedShards(world), step.shard);
    if (shard) await redeliver(world, shard, step);
  },
  replay: (world, step) => replayStream(world, step),
  emptyWindow: (world, step) => deliverNothing(world, step),
  arrive: async (world, { commit: number }) => {
    const delayed = pick(world.delayedCommits, number);
    world.delayedCommits = world.delayedCommits.filter((other) => other !== delayed);
    await delayed?.arrive();
  },
  coldStart: (world, { container }) => {
    startContainer(world, container);
    world.countEvent('cold start');
  },
  wait: (world, { minutes }) => wait(world, minutes),
  injectDrift: (world, { counter: number, by, isToday }) => {
    const counter = pick(COUNTERS, number) ?? SITE;
    // A running rebuild has already read the counter, so it would not repair this drift.
    if (world.rebuilds.some((run) => run.counters.includes(counter))) return;
    world.counters.of(counter).injectDrift(by, isToday ? utcDay(world.model.nowMs) : undefined);
    world.upToDate.delete(counter);
    world.countEvent('counter edited by hand');
  },
  rebuild: playRebuild,
};

const playStep = (world: World, step: Step): void | Promise<void> =>
  (PLAYS[step.op] as Play<Step['op']>)(world, step);

const pick = <Item>(items: readonly Item[], number: number): Item | undefined =>
  items[number % items.length];

const deliverNothing = async (world: World, step: StepOf<'emptyWindow'>): Promise<void> => {
  const shard = pick(world.model.shards, step.shard);
  if (shard === undefined) return;
  const batch = { shard, records: [], container: step.container, ...NO_FAULT };
  if (!(await invoke(world, batch)))
    throw new Violation('Invocation for an empty window', 'success', 'failure');
  world.countEvent('empty window');
};

const LAMBDA_TIMEOUT_MINUTES = 15;
const IDLE_MINUTES = 60;

// No invocation outlives Lambda's time limit, and the projector never falls behind the stream's
// retention: the guarantees of the source hold only within these limits.
const wait = async (world: World, minutes: number): Promise<void> => {
  const { model } = world;
  if (minutes >= LAMBDA_TIMEOUT_MINUTES) world.delayedCommits = [];
  if (minutes >= IDLE_MINUTES) await drain(world);
  const day = utcDay(model.nowMs);
  model.nowMs += minutes * 60_000;
  if (utcDay(model.nowMs) !== day) world.countEvent('change of day');
};

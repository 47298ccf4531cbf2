import { DAY_MS, utcDay } from '../src/domain/utc-day.ts';
import { deliverNext, drain, heldRecords, invoke, readyShards } from './delivery.ts';
import type { Step } from './history.ts';
import type { ModelShard } from './shard-model.ts';
import { DEPLOYED, type SourceSettings } from './source-settings.ts';
import { removeRow, rewriteRow, splitShard, writeOddRecord, writeRow } from './stream-model.ts';
import { assertSame, Violation } from './violation.ts';
import { createWorld, startContainer, type World } from './world.ts';

/** What a history came to, when nothing was wrong. */
export interface Outcome {
  readonly deliveries: number;
  readonly invocations: number;
  readonly inserts: number;
  readonly committed: number;
  readonly rejected: number;
  /** How often each kind of event happened. */
  readonly events: ReadonlyMap<string, number>;
}

/**
 * Plays a history on the real projector and checks it at every step, and at rest when the faults
 * have stopped. Throws a Violation that knows its step.
 */
export const playHistory = async (
  history: readonly Step[],
  settings: SourceSettings = DEPLOYED,
): Promise<Outcome> => {
  const world = createWorld(settings);
  let at = 0;
  try {
    for (; at < history.length; at += 1) await playStep(world, history[at] as Step);
    await comeToRest(world);
  } catch (error) {
    if (error instanceof Violation) error.step = at;
    throw error;
  }
  return outcomeOf(world);
};

const outcomeOf = ({ deliveries, invocations, model, ledger, events }: World): Outcome => ({
  ...{ deliveries, invocations, inserts: model.inserts },
  ...{ committed: ledger.writes.committed, rejected: ledger.writes.rejected },
  events: new Map([
    ...events,
    ['failed condition', ledger.writes.rejected],
    ['checkpoint dropped after 48 hours', ledger.writes.pruned],
  ]),
});

type StepOf<Op extends Step['op']> = Extract<Step, { op: Op }>;
type Play<Op extends Step['op']> = (world: World, step: StepOf<Op>) => void | Promise<void>;

const PLAYS: { readonly [Op in Step['op']]: Play<Op> } = {
  visit: ({ model }, { row: first, count }) => {
    for (let row = first; row < first + count; row += 1) writeRow(model, row);
  },
  rewrite: ({ model }, { row }) => rewriteRow(model, row),
  remove: ({ model }, { row, by }) => removeRow(model, row, by),
  odd: ({ model }, { row, kind }) => writeOddRecord(model, row, kind),
  split: (world, step) => split(world, step),
  deliver: (world, step) => deliver(world, step),
  redeliver: (world, step) => redeliver(world, step),
  replay: (world, step) => replay(world, step),
  emptyWindow: (world, step) => deliverNothing(world, step),
  resume: (world, step) => resume(world, step),
  coldStart: (world, { container }) => {
    startContainer(world, container);
    world.note('cold start');
  },
  wait: (world, { minutes }) => wait(world, minutes),
};

const playStep = (world: World, step: Step): void | Promise<void> =>
  (PLAYS[step.op] as Play<Step['op']>)(world, step);

const pick = <Item>(items: readonly Item[], number: number): Item | undefined =>
  items[number % items.length];

const split = (world: World, { shard: number, numberings }: StepOf<'split'>): void => {
  const shard = pick(
    world.model.shards.filter(({ isOpen }) => isOpen),
    number,
  );
  if (shard) splitShard(world.model, shard, numberings);
};

const deliver = async (world: World, step: StepOf<'deliver'>): Promise<void> => {
  const shard = pick(readyShards(world), step.shard);
  if (shard === undefined) return;
  const records = shard.records.slice(shard.delivered, shard.delivered + step.size);
  await deliverNext(world, { shard, records, container: step.container, fault: step.fault });
};

const startedShards = ({ model }: World): ModelShard[] =>
  model.shards.filter(({ delivered }) => delivered > 0);

const redeliver = async (world: World, step: StepOf<'redeliver'>): Promise<void> => {
  const shard = pick(startedShards(world), step.shard);
  if (shard === undefined) return;
  const start = shard.delivered - step.back;
  const records = heldRecords(world, shard, [start, Math.max(start, 0) + step.size]);
  if (records.length === 0) return;
  await invoke(world, { shard, records, container: step.container, fault: 'none' });
  world.note(start + step.size > shard.delivered ? 'overlapping batch' : 'duplicate or late batch');
};

const replay = async (world: World, { size, container }: StepOf<'replay'>): Promise<void> => {
  const before = world.ledger.writes.committed;
  for (const shard of startedShards(world)) {
    const held = heldRecords(world, shard, [0, shard.delivered]);
    for (let start = 0; start < held.length; start += size) {
      const records = held.slice(start, start + size);
      await invoke(world, { shard, records, container, fault: 'none' });
    }
  }
  assertSame('Writes of a replay', 0, world.ledger.writes.committed - before);
  world.note('replay of the whole stream');
};

const deliverNothing = async (world: World, step: StepOf<'emptyWindow'>): Promise<void> => {
  const shard = pick(world.model.shards, step.shard);
  if (shard === undefined) return;
  const batch = { shard, records: [], container: step.container, fault: 'none' } as const;
  const taken = await invoke(world, batch);
  if (!taken) throw new Violation('An empty window', 'taken', 'failed');
  world.note('empty window');
};

const resume = async (world: World, { zombie: number }: StepOf<'resume'>): Promise<void> => {
  const zombie = pick(world.zombies, number);
  if (zombie === undefined) return;
  world.zombies = world.zombies.filter((other) => other !== zombie);
  await zombie.resume();
  world.note('late commit of a given-up invocation');
};

const LAMBDA_TIMEOUT_MINUTES = 15;
const IDLE_MINUTES = 60;

// No invocation outlives Lambda's time limit, and no record is left in the stream until it is
// trimmed: what the source promises only within limits is not asked of it beyond them.
const wait = async (world: World, minutes: number): Promise<void> => {
  const { model } = world;
  if (minutes >= LAMBDA_TIMEOUT_MINUTES) world.zombies = [];
  if (minutes >= IDLE_MINUTES) await drain(world);
  const day = utcDay(model.nowMs);
  model.nowMs += minutes * 60_000;
  if (utcDay(model.nowMs) !== day) world.note('change of day');
};

const comeToRest = async (world: World): Promise<void> => {
  await drain(world);
  assertTruth(world, 'At rest');
  for (const { resume: letGo } of world.zombies) await letGo();
  assertTruth(world, 'After the last late commit');
  await replay(world, { op: 'replay', size: 40, container: 0 });
  assertTruth(world, 'After a replay of the whole stream');
};

const assertTruth = ({ model, ledger }: World, when: string): void => {
  const { total, removed, startedByDay } = ledger.read();
  assertSame(`${when} the total`, model.inserts, total);
  assertSame(`${when} removed`, model.removes, removed);
  assertSame(`${when} the rows that are left`, model.rows.size, total - removed);
  const oldest = utcDay(model.nowMs - 89 * DAY_MS);
  for (const [day, count] of model.startedByDay) {
    if (day >= oldest) assertSame(`${when} the sessions of ${day}`, count, startedByDay.get(day));
  }
};

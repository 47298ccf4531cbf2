import type { StateCodec } from '../engine/state-store.ts';
import { type CommandRunner, createCommandRunner } from './command-runner.ts';
import { type Commits, createCommits } from './commits.ts';
import type { MakeHandler } from './container.ts';
import { type ContainerPool, createContainerPool } from './container-pool.ts';
import { itemOf } from './counter-items.ts';
import { type CounterTable, createCounterTable } from './counter-table.ts';
import { createEventSource, type EventSource } from './event-source.ts';
import type { State } from './state.ts';
import { createStateCodec } from './state-codec.ts';
import { findCounted } from './stream-reader.ts';
import { createStreams, type Streams } from './streams.ts';
import type { WorldPlan } from './world-plan.ts';

/** The parts of a world, and everything known about it so far. */
export interface WorldParts {
  readonly plan: WorldPlan;
  readonly codec: StateCodec<State>;
  readonly table: CounterTable;
  readonly streams: Streams;
  readonly source: EventSource;
  readonly pool: ContainerPool;
  readonly runner: CommandRunner;
  readonly commits: Commits;
  /** The numbers of the delayed requests that may change the counter's error. */
  readonly corrections: Set<number>;
  /** Whether the commands find everything written until `untilMs`, epoch milliseconds, counted. */
  readonly isCounted: (state: State, untilMs: number) => boolean | Promise<boolean>;
}

/** The parts of a world whose projector is the function that `makeHandler` creates. */
export const createWorldParts = (plan: WorldPlan, makeHandler: MakeHandler): WorldParts => {
  const table = createCounterTable();
  const streams = createStreams(plan.shards.map(() => []));
  return {
    ...{ plan, table, streams, codec: createStateCodec(plan) },
    source: createEventSource(plan, streams),
    pool: createContainerPool(makeHandler, plan, { table, streams }),
    runner: createCommandRunner(plan, table),
    commits: createCommits(plan, table, streams),
    corrections: new Set(),
    isCounted: rememberCounted(table, streams),
  };
};

const rememberCounted = (table: CounterTable, streams: Streams): WorldParts['isCounted'] => {
  const known = new Map<string, boolean>();
  const find = async (key: string, { item, stream }: State, untilMs: number): Promise<boolean> => {
    const isCounted = await findCounted(
      itemOf(table.items.get(item)),
      streams.get(stream),
      untilMs,
    );
    known.set(key, isCounted);
    return isCounted;
  };
  return (state, untilMs) => {
    const key = `${state.item} ${state.stream} ${untilMs}`;
    return known.get(key) ?? find(key, state, untilMs);
  };
};

import type { Stop } from '../engine/program.ts';
import { type Emit, Violation } from '../engine/search.ts';
import type { ContainerCall } from './container-call.ts';
import type { ContainerStep } from './container-pool.ts';
import { firstRecords } from './record-mask.ts';
import { shardName } from './shard-name.ts';
import { copyState, type Slot, type State } from './state.ts';
import type { Step } from './step.ts';
import type { Batch } from './streams.ts';
import type { WorldParts } from './world-parts.ts';

/** A container that may move in a state. */
export interface Move {
  readonly parts: WorldParts;
  readonly state: State;
  readonly container: number;
  readonly slot: Slot;
  readonly emit: Emit<State, Step>;
}

/** Emits the state in which the container has this slot. */
export const emitWith = ({ container, emit }: Move, next: State, slot: Slot, why: Step): void => {
  next.containers[container] = slot;
  emit(next, why);
};

/** A step after which the code of a container runs. */
type DeliveryStep = Extract<Step, { readonly op: 'deliver' | 'answer' | 'fail' }>;

interface Progress {
  readonly step: ContainerStep;
  readonly batch: Batch;
  readonly why: DeliveryStep;
}

/** Emits the states in which the container sends its next request or ends, and the event source handles the end. */
export const advance = async (move: Move, { step, batch, why }: Progress): Promise<void> => {
  const edge = step instanceof Promise ? await step : step;
  for (const { order, ...first } of move.parts.pool.ordersOf(edge, move.state.clock)) {
    const { node, stop } = order instanceof Promise ? await order : order;
    await arrive(move, { node, stop, batch, why: { ...why, ...first } });
  }
};

interface Arrival extends Pick<Progress, 'batch' | 'why'> {
  readonly node: { readonly id: number };
  readonly stop: Stop<ContainerCall>;
}

const arrive = async (move: Move, { node, stop, batch, why }: Arrival): Promise<void> => {
  const outcome = 'call' in stop && stop.call.kind === 'event' ? stop.call.outcome : undefined;
  const isDiscarded = outcome !== undefined && move.parts.plan.discardsContainers;
  const slot = { node: isDiscarded ? await move.parts.pool.coldNode() : node.id, reply: -1 };
  const next = copyState(move.state);
  if (outcome === 'taken') assertCovered(next, batch, why);
  if (outcome === 'taken') passOver(next, batch);
  emitWith(move, next, slot, why);
  if (outcome !== 'failed' || !move.parts.source.maySkip) return;
  const skipped = copyState(move.state);
  passOver(skipped, batch);
  emitWith(move, skipped, slot, why);
};

const passOver = ({ shards }: State, { shard: number, start, end }: Batch): void => {
  const shard = shards[number];
  if (shard && start <= shard.delivered) shard.delivered = Math.max(shard.delivered, end);
};

const assertCovered = ({ shards }: State, { shard, start, end }: Batch, why: Step): void => {
  const covered = shards[shard]?.covered ?? 0;
  const all = firstRecords(end) & ~firstRecords(start);
  if ((all & ~covered) === 0) return;
  const batch = `records ${start + 1} to ${end} of ${shardName(shard)}`;
  throw new Violation(
    `An invocation reports success for ${batch}, but not all of them are counted`,
    why,
  );
};

import type { RecordMask } from './record-mask.ts';

/** A state of a world. Fields that are not counts are numbers given by an interner. */
export interface State {
  /** The index of the current clock in the plan. */
  clock: number;
  /** The stream's contents. */
  stream: number;
  /** The counter items. */
  item: number;
  /** The errors of the counters' sums. */
  errors: number;
  /** The progress of each of the plan's external events. */
  readonly eventProgress: number[];
  readonly shards: ShardState[];
  readonly containers: Slot[];
  readonly operators: Slot[];
  /** How many delivered batches skipped an undelivered record. */
  leaps: number;
  /** How often the SDK of a container has given up, if the plan limits this. */
  giveUps: number;
  /** Requests in flight whose invocation has ended or has retried them. */
  delayedRequests: number[];
}

/** The progress of a shard. */
export interface ShardState {
  /** How many records the event source has delivered. */
  delivered: number;
  /** How many were ever handed out, where it matters: those may be redelivered in any order. */
  tried: number;
  /** Those that are, or ever were, at or before a checkpoint of their counter. */
  covered: RecordMask;
  /** Those that were too late to be counted. */
  lost: RecordMask;
}

/** The state of a container or a command. */
export interface Slot {
  /** The node of its program. */
  node: number;
  /** The reply in flight to it; -1 for none. */
  reply: number;
}

/** The canonical order of containers. */
export const bySlot = (a: Slot, b: Slot): number => a.node - b.node || a.reply - b.reply;

/** A deep copy. */
export const copyState = (state: State): State => ({
  ...state,
  eventProgress: [...state.eventProgress],
  shards: state.shards.map((shard) => ({ ...shard })),
  containers: state.containers.map((slot) => ({ ...slot })),
  operators: state.operators.map((slot) => ({ ...slot })),
  delayedRequests: [...state.delayedRequests],
});

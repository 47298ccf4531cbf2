/** A state of a world. What is not counted is the number that an interner gave. */
export interface State {
  /** Which of the plan's clocks is now. */
  clock: number;
  /** What the stream holds. */
  stream: number;
  /** The counter item. */
  item: number;
  /** What the counter's sums are off by. */
  errors: number;
  /** How far each of the plan's happenings is. */
  readonly marks: number[];
  readonly shards: ShardState[];
  readonly containers: Slot[];
  readonly operators: Slot[];
  /** How many batches have come that leap over a record which was not delivered. */
  leaps: number;
  /** How often the SDK of a container has given up, where the plan has a limit. */
  giveUps: number;
  /** Requests on their way whose invocation is gone or has sent them again. */
  zombies: number[];
}

/** Records of a shard. */
export interface ShardState {
  /** How many the event source has delivered. */
  delivered: number;
  /** How many were ever handed out, where that matters: records may then come in any order. */
  tried: number;
  /** How many are behind a checkpoint, or ever were. */
  covered: number;
  /** Which of these came too late to be counted: a bit for each place. */
  lost: number;
}

/** Where a container stands, or somebody's command. */
export interface Slot {
  /** The state of its program. */
  node: number;
  /** The reply that is on its way to it; -1 when there is none. */
  reply: number;
}

/** The order of containers in a state's text. */
export const bySlot = (a: Slot, b: Slot): number => a.node - b.node || a.reply - b.reply;

/** A copy that can be changed alone. */
export const copyState = (state: State): State => ({
  ...state,
  marks: [...state.marks],
  shards: state.shards.map((shard) => ({ ...shard })),
  containers: state.containers.map((slot) => ({ ...slot })),
  operators: state.operators.map((slot) => ({ ...slot })),
  zombies: [...state.zombies],
});

import type { Program } from '../engine/program.ts';
import type { OperatorCall } from './operator-call.ts';
import type { PlannedRecord } from './records.ts';
import type { State } from './state.ts';
import type { Stream, Streams } from './streams.ts';
import type { Errors } from './truth.ts';

/** What there is in a world, and what may happen to it. */
export interface WorldPlan {
  readonly name: string;
  /** One line for the table of worlds. */
  readonly title: string;
  /** Why the counter is wrong here: then a history that shows it must be found. */
  readonly knownWrong?: string;
  /** Whether it is searched by `npm test`. */
  readonly isSmall: boolean;
  /** The records of each shard in their order; each is there as soon as the clock shows its time. */
  readonly shards: readonly (readonly PlannedRecord[])[];
  /** How many containers there are, each with at most one invocation at a time. */
  readonly containers: number;
  /**
   * Whether the event source knows only what it was told. Else it knows what is counted, whoever
   * told it, and may go on from there: so it can bring everything that it could bring otherwise,
   * and more, in a fraction of the states.
   */
  readonly isSourceTold: boolean;
  /**
   * What may go wrong beside what stands still: nothing; requests that fail and answers that get
   * lost; or that and containers that crash and start cold. Where somebody repairs the counter
   * nothing need: what a crash leaves, a container leaves too that stands still or starts cold.
   */
  readonly faults: 'cold starts' | 'requests' | 'all';
  /**
   * How often in a history the SDK of a container gives up, throttled or unanswered. Each time leaves
   * the container with a memory of what failed, so without a limit the memories of two containers are
   * most of the states. Beyond it such a container is put away, as it is when it crashes.
   */
  readonly giveUps: number;
  /** How many requests of invocations that were given up may be on their way at once. */
  readonly zombies: number;
  /** What the clock can show, epoch milliseconds, one after the other. */
  readonly clocks: readonly number[];
  /**
   * Whether records that were handed out before may come in any order. AWS promises the order of a
   * shard for the first time only. At most so many batches come that leap over a record which was
   * not delivered; undefined keeps the order.
   */
  readonly leaps: number | undefined;
  /** How long after its write a record may still come again, in milliseconds. */
  readonly redeliveryMs: number;
  /** Commands that somebody runs, each once. */
  readonly operators: readonly Operator[];
  /** Whether all records of `shards` are counted at the start. */
  readonly isCountedAtStart: boolean;
  /** What somebody has added to the counter's sums at the start, by attribute. */
  readonly spoilt: Readonly<Record<string, number>>;
  /** Whether steps that commute with all others are taken at once; a test searches without it. */
  readonly isEager: boolean;
  /** Whether a container is put away after each invocation, so that none is idle and remembers. */
  readonly isForgetful: boolean;
  /** How late the projector may be when the clock goes on, in milliseconds. */
  readonly lagMs: number;
  /** What else may happen, at any moment at which it is possible. */
  readonly happenings: readonly Happening[];
}

/** Something that happens in a world beside deliveries; how far it is, is a mark, 0 at first. */
export interface Happening {
  /** Whether the clock may not come to `nowMs` before it has gone on. */
  readonly holdsClock?: (mark: number, nowMs: number) => boolean;
  readonly next: (mark: number, scene: Scene) => readonly Turn[];
}

/** A command of the operator's; it runs the real code. */
export interface Operator {
  readonly name: string;
  readonly program: Program<OperatorCall>;
  /** The operator that must have ended, or be killed, before this one begins. */
  readonly after?: number;
  /** What is wrong with the way in which it ended; undefined when nothing is. */
  readonly judge: (end: End, scene: JudgedScene) => string | undefined;
}

/** What a command came to. */
export type End = { readonly value: unknown } | { readonly error: unknown };

/** What a command's answer is held against. */
export interface JudgedScene {
  /** What the counter's sums are off by when it ends. */
  readonly errors: Errors;
  readonly stream: Stream;
}

/** What a happening depends on. */
export interface Scene {
  readonly state: State;
  readonly streams: Streams;
  /** Whether no invocation and no request is under way. */
  readonly isQuiet: boolean;
}

/** One way in which a happening goes on. */
export interface Turn {
  readonly mark: number;
  readonly words: string;
  readonly change: (state: State) => void;
}

/** The name of a shard, as the function gets it. */
export const shardName = (shard: number): string => `shard-${'abcdef'[shard]}`;

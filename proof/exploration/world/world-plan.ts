import type { Program } from '../engine/program.ts';
import type { Errors } from './counter-errors.ts';
import type { OperatorCall } from './operator-call.ts';
import type { PlannedRecord } from './records.ts';
import type { State } from './state.ts';
import type { Stream, Streams } from './streams.ts';

/** The contents of a world and what may happen in it. */
export interface WorldPlan {
  readonly name: string;
  /** One line for the table of worlds. */
  readonly title: string;
  /** Why the counter is known to be wrong here: the search must then find a violation. */
  readonly knownViolation?: string;
  /** Whether `npm test` searches it. */
  readonly isSmall: boolean;
  /** The records of each shard in order; each appears when the clock reaches its time. */
  readonly shards: readonly (readonly PlannedRecord[])[];
  /** The number of containers, each with at most one invocation at a time. */
  readonly containers: number;
  /**
   * Whether the event source tracks its own position. Otherwise it continues from what is counted: it can
   * then deliver everything it could deliver otherwise, and more, with a fraction of the states.
   */
  readonly hasSourcePosition: boolean;
  /**
   * Which faults may occur besides delays: none; failing requests and lost replies; or those and crashing
   * containers and cold starts. Worlds with a repair need no faults: a crash leaves the same state as a
   * container that stops or starts cold.
   */
  readonly faults: 'cold starts' | 'requests' | 'all';
  /**
   * How often per history the SDK of a container may give up, throttled or without a reply. Each time
   * leaves a container that remembers the failure; without a limit, the memories of two containers would
   * be most of the states. Beyond the limit the container is discarded, as in a crash.
   */
  readonly giveUps: number;
  /** How many requests of timed-out invocations may be in flight at once. */
  readonly maxDelayedRequests: number;
  /** The times of the clock, epoch milliseconds, in order. */
  readonly clocks: readonly number[];
  /**
   * How many batches may skip an undelivered record; undefined keeps the order. AWS promises the order of
   * a shard only for the first delivery, so records that were handed out may be redelivered in any order.
   */
  readonly leaps: number | undefined;
  /** How long after its write a record may be redelivered, in milliseconds. */
  readonly redeliveryMs: number;
  /** The commands that run, each once. */
  readonly operators: readonly Operator[];
  /** Whether all records of `shards` are counted at the start. */
  readonly isCountedAtStart: boolean;
  /** Drift injected into the counter's sums at the start, by name. */
  readonly injectedDrift: Readonly<Record<string, number>>;
  /** Whether steps that commute with all others are taken at once; one test disables this. */
  readonly isEager: boolean;
  /** Whether a container is discarded after each invocation, so that no idle one has a memory. */
  readonly discardsContainers: boolean;
  /** How far the projector may lag when the clock advances, in milliseconds. */
  readonly lagMs: number;
  /** External events, which may occur whenever they are possible. */
  readonly externalEvents: readonly ExternalEvent[];
}

/** An event besides deliveries, such as a visit. Its progress is a number, 0 at first. */
export interface ExternalEvent {
  /** Whether the clock must not reach `nowMs` before the event has progressed. */
  readonly holdsClock?: (progress: number, nowMs: number) => boolean;
  readonly next: (progress: number, context: EventContext) => readonly EventOutcome[];
}

/** An operator's command, which runs the real code. */
export interface Operator {
  readonly name: string;
  readonly program: Program<OperatorCall>;
  /** The operator that must have ended, or be killed, before this one starts. */
  readonly after?: number;
  /** What is wrong with its result; undefined when nothing is. */
  readonly check: (end: CommandResult, context: FinalState) => string | undefined;
}

/** The result of a command. */
export type CommandResult = { readonly value: unknown } | { readonly error: unknown };

/** The state that a command's result is checked against. */
export interface FinalState {
  /** The errors of the counter's sums when it ends. */
  readonly errors: Errors;
  readonly stream: Stream;
}

/** What an external event depends on. */
export interface EventContext {
  readonly state: State;
  readonly streams: Streams;
  /** Whether no invocation and no request is in flight. */
  readonly isQuiet: boolean;
}

/** One possible outcome of an external event. */
export interface EventOutcome {
  readonly progress: number;
  readonly description: string;
  readonly change: (state: State) => void;
}

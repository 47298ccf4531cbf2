import type { SurplusPolicy } from '../../src/domain/rebuild.ts';
import type { ProjectorHandler } from '../../src/projector/projector-handler.ts';
import type { CheckedCounters } from './checked-counters.ts';
import type { Pauses } from './pauses.ts';
import type { SourceSettings } from './source-settings.ts';
import type { StreamModel } from './stream-model.ts';
import type { Violation } from './violation.ts';

/** A running rebuild; it is paused between two of its calls until it is resumed. */
export interface RebuildRun {
  /** The counters that it rebuilds: all of them or one. */
  readonly counters: readonly string[];
  readonly pauses: Pauses;
  /** Whether the response of each store call is lost, so that the call is sent twice. */
  losesAnswers: boolean;
  readonly policy: SurplusPolicy;
  ended: Promise<'ended'>;
}

/** The commit of a timed-out invocation, still in flight. */
export interface DelayedCommit {
  /** Lets the commit reach DynamoDB and waits until the invocation ends. */
  readonly arrive: () => Promise<void>;
}

/** The complete state of one simulated history. */
export interface World {
  readonly model: StreamModel;
  readonly counters: CheckedCounters;
  readonly settings: SourceSettings;
  readonly containers: ProjectorHandler[];
  delayedCommits: DelayedCommit[];
  /** The container whose memory of a counter equals the counter, if there is one. */
  readonly upToDate: Map<string, number>;
  /** The first violation by a write; its invocation may have thrown another error. */
  violation: Violation | undefined;
  /** The shards of which a batch failed in a container that lived on. */
  readonly shardsWithFailures: Set<string>;
  rebuilds: RebuildRun[];
  /** What the retract or restore that is running in a counter has yet to send; nothing after a kill. */
  readonly undoRequests: Map<string, (() => void)[]>;
  /** Consecutive failed deliveries of each shard. */
  readonly failures: Map<string, number>;
  readonly events: ReadonlyMap<string, number>;
  readonly countEvent: (event: string) => void;
  /** Whether the event source has polled the stream yet. */
  isPolled: boolean;
  deliveries: number;
  invocations: number;
}

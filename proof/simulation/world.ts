import type { SurplusPolicy } from '../../src/domain/rebuild.ts';
import type { ProjectorHandler } from '../../src/projector/projector-handler.ts';
import type { CheckedStore } from './checked-store.ts';
import type { InjectedFault } from './history.ts';
import type { SourceSettings } from './source-settings.ts';
import type { StreamModel } from './stream-model.ts';

/** A running rebuild; it is paused between two of its calls until it is resumed. */
export interface RebuildRun {
  /** Whether the response of each store call is lost, so that the call is sent twice. */
  losesAnswers: boolean;
  readonly policy: SurplusPolicy;
  resume: () => void;
  onPause: () => void;
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
  readonly store: CheckedStore;
  readonly settings: SourceSettings;
  readonly containers: ProjectorHandler[];
  delayedCommits: DelayedCommit[];
  /** The fault for the current invocation. */
  injectedFault: InjectedFault;
  /** How many commits the current invocation has attempted. */
  attempts: number;
  /** Called when the current commit is delayed. */
  onHeld: (release: () => void) => void;
  /** Lets a concurrent invocation commit first. */
  onConcurrentCommit: () => Promise<void>;
  /** The container whose memory equals the counter. */
  upToDate: number | undefined;
  /** The shards of which a batch failed in a container that lived on. */
  readonly shardsWithFailures: Set<string>;
  rebuilds: RebuildRun[];
  /** Consecutive failed deliveries of each shard. */
  readonly failures: Map<string, number>;
  readonly events: ReadonlyMap<string, number>;
  readonly countEvent: (event: string) => void;
  /** Whether the event source has polled the stream yet. */
  isPolled: boolean;
  deliveries: number;
  invocations: number;
}

import { AsyncLocalStorage } from 'node:async_hooks';
import type { InjectedFault } from './history.ts';

/** An invocation in progress: it writes several counters at once, and any of these writes may fail. */
export interface RunningInvocation extends InjectedFault {
  readonly container: number;
  /** The counter of each commit that it has attempted, in order. */
  readonly attempted: string[];
  /** Whether its process has died: nothing that it would send from then on reaches DynamoDB. */
  isDead: boolean;
  /** How often each counter was written, and how often a write of it was refused. */
  readonly committed: Map<string, number>;
  readonly rejected: Map<string, number>;
  /** Ends its process. */
  readonly die: () => void;
  /** Called when one of its commits is delayed. */
  readonly onHeld: (release: () => void) => void;
  /** Lets a concurrent invocation commit first. */
  readonly onConcurrentCommit: () => Promise<void>;
}

const running = new AsyncLocalStorage<RunningInvocation>();

/** Runs `action` as this invocation, so that its commits can be told from those of others. */
export const runAs = <Result>(invocation: RunningInvocation, action: () => Result): Result =>
  running.run(invocation, action);

/** The invocation that the calling code belongs to. Throws outside of one. */
export const currentInvocation = (): RunningInvocation => {
  const invocation = running.getStore();
  if (invocation) return invocation;
  throw new Error('No invocation is running');
};

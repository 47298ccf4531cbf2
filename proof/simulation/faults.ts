import type { CounterChange } from '../../src/domain/counter-change.ts';
import type { CommitAnswer } from '../../src/domain/counter-store.ts';
import type { Fault } from './history.ts';
import type { World } from './world.ts';

type FaultEffect = (world: World, change: CounterChange) => Promise<CommitAnswer>;

/** Commits a change, injecting the pending fault if it is meant for this attempt. */
export const commitWithFaults: FaultEffect = (world, change) => {
  const { fault, attempt } = world.injectedFault;
  const isDue = fault !== 'none' && world.attempts === attempt;
  world.attempts += 1;
  return isDue ? FAULT_EFFECTS[fault](world, change) : world.store.commit(change);
};

const fail =
  (event: string): FaultEffect =>
  async ({ countEvent }) => {
    countEvent(event);
    throw new Error(event);
  };

// The invocation cannot tell these apart, but the report distinguishes them.
const after = ({ status }: CommitAnswer): string =>
  status === 'committed' ? 'after the commit' : 'after a failed condition';

const FAULT_EFFECTS: { readonly [Name in Exclude<Fault, 'none'>]: FaultEffect } = {
  crashBefore: fail('crash before the commit'),
  throttle: fail('throttled until the SDK gave up'),
  crashAfter: async ({ store, countEvent }, change) => {
    const event = `crash ${after(await store.commit(change))}`;
    countEvent(event);
    throw new Error(event);
  },
  lostAnswer: async ({ store, countEvent }, change) => {
    countEvent(`response lost ${after(await store.commit(change))}, SDK retries`);
    return store.commit(change);
  },
  delayedCommit: async (world, change) => {
    await new Promise<void>((release) => world.onHeld(release));
    const answer = await world.store.commit(change);
    world.countEvent(`delayed commit of a timed-out invocation: ${answer.status}`);
    return answer;
  },
  concurrentCommit: async (world, change) => {
    await world.onConcurrentCommit();
    world.countEvent(
      `concurrent commit before ${world.injectedFault.attempt === 0 ? 'the first attempt' : 'a later attempt'}`,
    );
    return world.store.commit(change);
  },
};

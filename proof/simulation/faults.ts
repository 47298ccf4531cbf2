import type { CounterChange } from '../../src/domain/counter-change.ts';
import type { CommitAnswer } from '../../src/domain/counter-store.ts';
import type { Fault } from './history.ts';
import type { World } from './world.ts';

type Strike = (world: World, change: CounterChange) => Promise<CommitAnswer>;

/** Commits a change, injecting the pending fault if it is meant for this attempt. */
export const commitUnderFire: Strike = (world, change) => {
  const { fault, attempt } = world.due;
  const isDue = fault !== 'none' && world.attempts === attempt;
  world.attempts += 1;
  return isDue ? STRIKES[fault](world, change) : world.ledger.commit(change);
};

const fail =
  (event: string): Strike =>
  async ({ note }) => {
    note(event);
    throw new Error(event);
  };

// The invocation cannot tell these apart, but the report distinguishes them.
const after = ({ status }: CommitAnswer): string =>
  status === 'committed' ? 'after the commit' : 'after a failed condition';

const STRIKES: { readonly [Name in Exclude<Fault, 'none'>]: Strike } = {
  crashBefore: fail('crash before the commit'),
  throttle: fail('throttled until the SDK gave up'),
  crashAfter: async ({ ledger, note }, change) => {
    const event = `crash ${after(await ledger.commit(change))}`;
    note(event);
    throw new Error(event);
  },
  lostAnswer: async ({ ledger, note }, change) => {
    note(`response lost ${after(await ledger.commit(change))}, SDK retries`);
    return ledger.commit(change);
  },
  zombie: async (world, change) => {
    await new Promise<void>((release) => world.onHeld(release));
    const answer = await world.ledger.commit(change);
    world.note(`delayed commit of a timed-out invocation: ${answer.status}`);
    return answer;
  },
  rival: async (world, change) => {
    await world.onRival();
    world.note(
      `concurrent commit before ${world.due.attempt === 0 ? 'the first attempt' : 'a later attempt'}`,
    );
    return world.ledger.commit(change);
  },
};

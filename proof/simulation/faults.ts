import type { CounterChange } from '../../src/domain/counter-change.ts';
import type { CommitAnswer } from '../../src/domain/counter-store.ts';
import type { Fault } from './history.ts';
import { currentInvocation, type RunningInvocation } from './running-invocation.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** Commits a change, injecting the fault of its invocation if it is meant for this attempt. */
export const commitWithFaults = async (
  world: World,
  change: CounterChange,
): Promise<CommitAnswer> => {
  const invocation = currentInvocation();
  if (invocation.isDead) return noAnswer();
  const { fault, attempt, attempted } = invocation;
  const isDue = fault !== 'none' && attempted.length === attempt;
  attempted.push(change.counter);
  return (isDue ? FAULT_EFFECTS[fault] : commit)(world, change, invocation);
};

type FaultEffect = (
  world: World,
  change: CounterChange,
  invocation: RunningInvocation,
) => Promise<CommitAnswer>;

// Nobody is left to receive it.
const noAnswer = (): Promise<never> => new Promise(() => undefined);

const commit: FaultEffect = async (world, change, invocation) => {
  const answer = await commitChecked(world, change);
  if (invocation.isDead) return noAnswer();
  const { container, committed, rejected } = invocation;
  const { counter } = change;
  const writes = answer.status === 'committed' ? committed : rejected;
  writes.set(counter, (writes.get(counter) ?? 0) + 1);
  if (answer.status === 'committed') world.upToDate.set(counter, container);
  return answer;
};

// An invocation throws the first of its errors only, which may be an injected one.
const commitChecked = async (world: World, change: CounterChange): Promise<CommitAnswer> => {
  try {
    const answer = await world.counters.commit(change);
    if (answer.status === 'committed') world.upToDate.delete(change.counter);
    return answer;
  } catch (error) {
    if (error instanceof Violation) world.violation ??= error;
    throw error;
  }
};

const crash = ({ countEvent }: World, { die, attempted }: RunningInvocation, event: string) => {
  countEvent(event);
  if (new Set(attempted).size > 1) countEvent('crash between the commits of two counters');
  die();
  return noAnswer();
};

// The invocation cannot tell these apart, but the report distinguishes them.
const after = ({ status }: CommitAnswer): string =>
  status === 'committed' ? 'after the commit' : 'after a failed condition';

const FAULT_EFFECTS: { readonly [Name in Exclude<Fault, 'none'>]: FaultEffect } = {
  crashBefore: async (world, _, invocation) => crash(world, invocation, 'crash before the commit'),
  throttle: async ({ countEvent }) => {
    countEvent('throttled until the SDK gave up');
    throw new Error('throttled');
  },
  crashAfter: async (world, change, invocation) =>
    crash(world, invocation, `crash ${after(await commitChecked(world, change))}`),
  lostAnswer: async (world, change, invocation) => {
    const lost = await commitChecked(world, change);
    world.countEvent(`response lost ${after(lost)}, SDK retries`);
    return commit(world, change, invocation);
  },
  delayedCommit: async (world, change, { onHeld }) => {
    await new Promise<void>((release) => onHeld(release));
    const answer = await commitChecked(world, change);
    world.countEvent(`delayed commit of a timed-out invocation: ${answer.status}`);
    return answer;
  },
  concurrentCommit: async (world, change, invocation) => {
    await invocation.onConcurrentCommit();
    world.countEvent(
      `concurrent commit before ${invocation.attempt === 0 ? 'the first attempt' : 'a later attempt'}`,
    );
    return commit(world, change, invocation);
  },
};

import { checkMerges } from '../../../../proof/exploration/engine/check-merges.ts';
import {
  DEPLOYED,
  type Explored,
  exploreWorld,
} from '../../../../proof/exploration/explore-world.ts';
import type { MakeHandler } from '../../../../proof/exploration/world/container.ts';
import { findWorld } from '../../../../proof/exploration/worlds/worlds.ts';

// The explorer does not inspect class instances.
class Calls {
  count = 0;
}

/** Keeps state that the explorer cannot see. */
const secretive: MakeHandler = (client) => {
  const handler = DEPLOYED(client);
  const calls = new Calls();
  return async (event) => {
    calls.count += 1;
    const shardId = calls.count > 3 ? 'shard-b' : event.shardId;
    return handler({ ...event, ...(shardId ? { shardId } : {}) });
  };
};

const explore = (name: string, makeHandler: MakeHandler = DEPLOYED, maxStates = 20_000) =>
  exploreWorld(findWorld(name), { makeHandler, maxStates });

const check = async ({ world }: Explored) => {
  const { pool, runner } = world.parts;
  const checks = [await checkMerges(pool.automaton, 4)];
  for (const automaton of runner.automata()) checks.push(await checkMerges(automaton, 6));
  const compared = checks.reduce((sum, one) => sum + one.compared, 0);
  return { compared, different: checks.flatMap(({ different }) => different).length };
};

/** Whether histories that led to one state continue identically; `rebuild` is an explored rebuild. */
export const checkAllMerges = async (rebuild: Explored) => ({
  projector: await check(await explore('give-ups')),
  counters: await check(await explore('two-counters', DEPLOYED, 1_500)),
  rebuild: await check(rebuild),
  audit: await check(await explore('audit-drift')),
  secretive: await check(await explore('malformed-records', secretive)),
});

import { checkMerges } from '../../../../proof/exploration/engine/check-merges.ts';
import { DEPLOYED, exploreWorld } from '../../../../proof/exploration/explore-world.ts';
import type { MakeHandler } from '../../../../proof/exploration/world/container.ts';
import { findWorld } from '../../../../proof/exploration/worlds/worlds.ts';

// Runs in a separate process, not under vitest, like explore-broken.ts.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

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

const check = async (name: string, makeHandler: MakeHandler) => {
  const { world } = await exploreWorld(findWorld(name), { makeHandler, maxStates: 20_000 });
  const { pool, runner } = world.parts;
  const checks = [await checkMerges(pool.automaton, 4)];
  for (const automaton of runner.automata()) checks.push(await checkMerges(automaton, 6));
  const compared = checks.reduce((sum, one) => sum + one.compared, 0);
  return { compared, different: checks.flatMap(({ different }) => different).length };
};

process.stdout.write(
  JSON.stringify({
    projector: await check('give-ups', DEPLOYED),
    rebuild: await check('rebuild-deletion', DEPLOYED),
    audit: await check('audit-drift', DEPLOYED),
    secretive: await check('malformed-records', secretive),
  }),
);

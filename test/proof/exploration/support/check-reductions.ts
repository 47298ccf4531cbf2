import { canonicalText } from '../../../../proof/exploration/dynamodb/attribute-value.ts';
import { exploreWorld } from '../../../../proof/exploration/explore-world.ts';
import type { WorldPlan } from '../../../../proof/exploration/world/world-plan.ts';
import { findWorld } from '../../../../proof/exploration/worlds/worlds.ts';

// Runs in a separate process, not under vitest, like explore-broken.ts.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

/** Every counter item of a world, all of its errors, and every result of its commands. */
const outcomesOf = async (plan: WorldPlan) => {
  const { world, isAsExpected, states } = await exploreWorld(plan);
  const { table, commits, runner } = world.parts;
  const ends = runner
    .automata()
    .flatMap(({ nodes }) => nodes.flatMap(({ edges }) => [...edges.values()]))
    .flatMap(({ stop }) => ('end' in stop ? [textOfEnd(stop.end)] : []));
  const items = table.items.all.map((item) => canonicalText(item ?? null));
  const errors = commits.errors.all.map((found) => canonicalText([...found]));
  return { outcomes: [...new Set([...items, ...errors, ...ends])].sort(), isAsExpected, states };
};

const textOfEnd = (end: { readonly value: unknown } | { readonly error: unknown }): string =>
  'error' in end ? `${end.error}` : canonicalText(end.value);

const plan = findWorld('rebuild-deletion');
const reduced = await outcomesOf(plan);
const whole = await outcomesOf({ ...plan, isEager: false });
process.stdout.write(
  JSON.stringify({
    areRight: reduced.isAsExpected && whole.isAsExpected,
    isSame: canonicalText(reduced.outcomes) === canonicalText(whole.outcomes),
    outcomes: reduced.outcomes.length,
    states: { reduced: reduced.states, whole: whole.states },
  }),
);

import { canonicalText } from '../../../../proof/exploration/dynamodb/attribute-value.ts';
import { type Explored, exploreWorld } from '../../../../proof/exploration/explore-world.ts';

/** Every counter item of a world, all of its errors, and every result of its commands. */
const outcomesOf = ({ world, isAsExpected, states }: Explored) => {
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

/** Compares an explored world with its exploration without partial order reduction. */
export const checkReductions = async (explored: Explored) => {
  const reduced = outcomesOf(explored);
  const { plan } = explored.world.parts;
  const whole = outcomesOf(await exploreWorld({ ...plan, isEager: false }));
  return {
    areRight: reduced.isAsExpected && whole.isAsExpected,
    isSame: canonicalText(reduced.outcomes) === canonicalText(whole.outcomes),
    outcomes: reduced.outcomes.length,
    states: { reduced: reduced.states, whole: whole.states },
  };
};

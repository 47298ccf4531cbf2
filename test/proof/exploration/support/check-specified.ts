import type { Item } from '../../../../proof/exploration/dynamodb/attribute-value.ts';
import type { Explored } from '../../../../proof/exploration/explore-world.ts';
import type { Transition } from '../../../../proof/exploration/transitions.ts';
import { whyNotAllSpecified } from '../../../../proof/exploration/why-not-specified.ts';
import { COUNTER } from '../../../../src/tables/schema.ts';

/** The same transitions with the item after each write changed. */
const leaving = (transitions: readonly Transition[], change: (item: Item) => Item): Transition[] =>
  transitions.map((transition) => {
    const { before, answered } = transition;
    const isWrite = answered.item !== undefined && answered.item !== before;
    return isWrite && answered.item
      ? { ...transition, answered: { ...answered, item: change(answered.item) } }
      : transition;
  });

/** What the specification says about the transitions of a world, and about changed ones. */
export const checkSpecified = ({ counterTransitions }: Explored) => ({
  honest: whyNotAllSpecified(counterTransitions) ?? 'specified',
  'a total too high': whyNotAllSpecified(
    leaving(counterTransitions, (item) => ({
      ...item,
      total: { N: `${Number(item.total?.N ?? 0) + 1}` },
    })),
  ),
  'no checkpoint': whyNotAllSpecified(
    leaving(counterTransitions, (item) =>
      Object.fromEntries(
        Object.entries(item).filter(([name]) => !name.startsWith(COUNTER.checkpointPrefix)),
      ),
    ),
  ),
  'a watermark': whyNotAllSpecified(
    leaving(counterTransitions, (item) => ({ ...item, watermark: { N: '7' } })),
  ),
});

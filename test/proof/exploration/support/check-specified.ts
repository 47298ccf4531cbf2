import type { Item } from '../../../../proof/exploration/dynamodb/attribute-value.ts';
import { exploreWorld } from '../../../../proof/exploration/explore-world.ts';
import { type Transition, transitionsOf } from '../../../../proof/exploration/transitions.ts';
import { whyNotAllSpecified } from '../../../../proof/exploration/why-not-specified.ts';
import { findWorld } from '../../../../proof/exploration/worlds/worlds.ts';

process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
const { world } = await exploreWorld(findWorld('rebuild-deletion'));
const transitions = transitionsOf(world);

/** The same transitions with the item after each write changed. */
const leaving = (change: (item: Item) => Item): Transition[] =>
  transitions.map((transition) => {
    const { before, answered } = transition;
    const isWrite = answered.item !== undefined && answered.item !== before;
    return isWrite && answered.item
      ? { ...transition, answered: { ...answered, item: change(answered.item) } }
      : transition;
  });

const results = {
  honest: whyNotAllSpecified(transitions) ?? 'specified',
  'a total too high': whyNotAllSpecified(
    leaving((item) => ({ ...item, total: { N: `${Number(item.total?.N ?? 0) + 1}` } })),
  ),
  'no checkpoint': whyNotAllSpecified(
    leaving((item) =>
      Object.fromEntries(Object.entries(item).filter(([name]) => !name.startsWith('checkpoint#'))),
    ),
  ),
  'a watermark': whyNotAllSpecified(leaving((item) => ({ ...item, watermark: { N: '7' } }))),
};
process.stdout.write(JSON.stringify(results));

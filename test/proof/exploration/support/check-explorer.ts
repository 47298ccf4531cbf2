import { exploreWorld } from '../../../../proof/exploration/explore-world.ts';
import { findWorld } from '../../../../proof/exploration/worlds/worlds.ts';
import { checkBeginnings } from './check-beginnings.ts';
import { checkAllMerges } from './check-merges.ts';
import { checkReductions } from './check-reductions.ts';
import { checkSpecified } from './check-specified.ts';
import { exploreBroken } from './explore-broken.ts';

// Runs in a separate process, not under vitest: the explorer reads closures, which vitest's transformation
// of modules changes.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

/** Checks the explorer with explored worlds; they share the one that most checks need. */
export const checkExplorer = async () => {
  const rebuild = await exploreWorld(findWorld('rebuild-deletion'));
  return {
    broken: await exploreBroken(),
    beginnings: await checkBeginnings(),
    specified: checkSpecified(rebuild),
    merges: await checkAllMerges(rebuild),
    reductions: await checkReductions(rebuild),
  };
};

process.stdout.write(JSON.stringify(await checkExplorer()));

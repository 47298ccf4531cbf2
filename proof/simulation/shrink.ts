import type { Step } from './history.ts';
import { playHistory } from './play.ts';
import type { SourceSettings } from './source-settings.ts';
import { Violation } from './violation.ts';

/**
 * The shortest failing history found by removing ever smaller parts of one that fails. Every remaining
 * step is needed for a failure, which may differ from the original one.
 */
export const shrinkHistory = async (
  history: readonly Step[],
  settings?: SourceSettings,
): Promise<readonly Step[]> => {
  let shortest = history;
  for (let size = Math.ceil(history.length / 2); size >= 1; size = Math.floor(size / 2)) {
    shortest = await removeParts(shortest, size, settings);
  }
  const again = shortest.length < history.length;
  return again ? shrinkHistory(shortest, settings) : shortest;
};

const removeParts = async (
  history: readonly Step[],
  size: number,
  settings?: SourceSettings,
): Promise<readonly Step[]> => {
  let shortest = history;
  for (let start = 0; start < shortest.length; ) {
    const candidate = shortest.toSpliced(start, size);
    if (await fails(candidate, settings)) shortest = candidate;
    else start += size;
  }
  return shortest;
};

const fails = async (history: readonly Step[], settings?: SourceSettings): Promise<boolean> => {
  try {
    await playHistory(history, settings);
    return false;
  } catch (error) {
    if (error instanceof Violation) return true;
    throw error;
  }
};

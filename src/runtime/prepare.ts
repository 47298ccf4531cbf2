import { setTimeout } from 'node:timers/promises';

/**
 * The longest that a container waits for its preparation before it takes its first call, milliseconds. The
 * preparation goes on, and the first call waits for what it needs of it.
 */
export const PREPARATION_MS = 1_000;

/**
 * Waits for a preparation of the first call, for at most `PREPARATION_MS`. Never throws: the first call
 * repeats what failed, and reports what fails again.
 */
export const waitForPreparation = async (preparation: Promise<unknown>): Promise<void> => {
  const isDone = new AbortController();
  const { signal } = isDone;
  await Promise.race([preparation, setTimeout(PREPARATION_MS, undefined, { signal })]).catch(
    () => undefined,
  );
  isDone.abort();
};

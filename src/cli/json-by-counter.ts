import type { ByCounter } from '../domain/by-counter.ts';

/**
 * The JSON of a result for each counter: of one counter the result itself, of several `{ counters: { NAME: … } }`,
 * as the API responds.
 */
export const jsonByCounter = (results: ByCounter<object>): object => {
  const [only] = results.values();
  return results.size === 1 && only ? only : { counters: Object.fromEntries(results) };
};

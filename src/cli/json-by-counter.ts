import type { ByCounter } from '../domain/by-counter.ts';

/**
 * The JSON of a result for each counter: `{ counters: { NAME: … } }`, as the API responds. The same for one counter, so
 * that scripts go on working when a deployment gets another one.
 */
export const jsonByCounter = (results: ByCounter<object>): object => ({
  counters: Object.fromEntries(results),
});

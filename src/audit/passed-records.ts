import type { ByCounter } from '../domain/by-counter.ts';
import type { SequenceNumber } from '../domain/sequence-number.ts';

/** For each shard, by its id, the record until which all records were found counted. */
export type PassedRecords = Map<string, SequenceNumber>;

/**
 * A memory of what was found counted, for these counters; empty at first. A quiet counter has an old checkpoint, or
 * none: without this memory, each look at the stream would begin there again. Checkpoints only rise, so what is
 * counted stays counted. But a counter that was not known may have records before, so it begins anew with one.
 */
export const createPassedRecords = (): ((counters: ByCounter<unknown>) => PassedRecords) => {
  const passed: PassedRecords = new Map();
  let known: ByCounter<unknown> = new Map();
  return (counters) => {
    if ([...counters.keys()].some((name) => !known.has(name))) passed.clear();
    known = counters;
    return passed;
  };
};

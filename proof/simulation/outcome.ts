import { COUNTERS } from './counters.ts';
import { sumOf } from './errors.ts';
import type { World } from './world.ts';

/** The result of a history without a violation. */
export interface Outcome {
  readonly deliveries: number;
  readonly invocations: number;
  /** Sessions that started and were not retracted, and how many the counters have after the final checks. */
  readonly sessions: number;
  readonly counted: number;
  readonly committed: number;
  readonly rejected: number;
  /** How often each kind of event happened. */
  readonly events: ReadonlyMap<string, number>;
}

/** The outcome of a history that was played in this world. */
export const outcomeOf = ({ deliveries, invocations, model, counters, events }: World): Outcome => {
  const stores = COUNTERS.map((counter) => counters.of(counter));
  return {
    ...{ deliveries, invocations },
    sessions: sum(COUNTERS.map((counter) => model.trueCountsOf(counter).started)),
    // Injected drift and lost records are not errors of a counter.
    counted: sum(stores.map(({ read, errors }) => read().total - sumOf(errors.started))),
    ...{ committed: counters.sumOf('committed'), rejected: counters.sumOf('rejected') },
    events: new Map([
      ...events,
      ['failed condition', counters.sumOf('rejected')],
      ['checkpoint dropped', counters.sumOf('droppedCheckpoints')],
      ['day dropped after 90 days', counters.sumOf('droppedDays')],
      ['closed day packed', counters.sumOf('packedDays')],
      ['packing refused', counters.sumOf('rejectedPackings')],
    ]),
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

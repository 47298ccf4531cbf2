import { generateHistory } from './generate.ts';
import type { Outcome } from './outcome.ts';
import { playHistory } from './play.ts';
import type { SourceSettings } from './source-settings.ts';
import { Violation } from './violation.ts';

/** The number of steps in the history of a seed. */
export const HISTORY_STEPS = 120;

/** The summed results of many histories. */
export interface Totals {
  seeds: number;
  deliveries: number;
  invocations: number;
  sessions: number;
  counted: number;
  committed: number;
  rejected: number;
  readonly events: Map<string, number>;
}

/** A history with a violation. */
export interface Failure {
  readonly seed: number;
  readonly step: number;
  readonly message: string;
}

/** The totals of no history. */
export const emptyTotals = (): Totals => ({
  ...{
    seeds: 0,
    deliveries: 0,
    invocations: 0,
    sessions: 0,
    counted: 0,
    committed: 0,
    rejected: 0,
  },
  events: new Map(),
});

/** Runs the histories of `count` seeds from `first` on; stops at the first failure. */
export const runSeeds = async (
  first: number,
  count: number,
  settings?: SourceSettings,
): Promise<{ totals: Totals; failure?: Failure }> => {
  const totals = emptyTotals();
  for (let seed = first; seed < first + count; seed += 1) {
    const outcome = await playSeed(seed, settings);
    if ('message' in outcome) return { totals, failure: outcome };
    addTotals(totals, { ...outcome, seeds: 1 });
  }
  return { totals };
};

const playSeed = async (seed: number, settings?: SourceSettings): Promise<Outcome | Failure> => {
  try {
    return await playHistory(generateHistory(seed, HISTORY_STEPS), settings);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return { seed, step: error.step, message: error.message };
  }
};

/** Adds `more` to `totals`. */
export const addTotals = (totals: Totals, more: Outcome & { readonly seeds: number }): void => {
  totals.seeds += more.seeds;
  totals.deliveries += more.deliveries;
  totals.invocations += more.invocations;
  totals.sessions += more.sessions;
  totals.counted += more.counted;
  totals.committed += more.committed;
  totals.rejected += more.rejected;
  for (const [event, times] of more.events) {
    totals.events.set(event, (totals.events.get(event) ?? 0) + times);
  }
};

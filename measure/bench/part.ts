import type { Plan } from './plan.ts';

/** A cell is a number or words; each row has the same columns, ratios first. */
export type Row = Readonly<Record<string, string | number>>;

/** What a part is to reach. Counted things are the same on every machine, times are not. */
export interface Goal {
  readonly goal: string;
  readonly kind: 'counted' | 'timed';
  /** Numbers are rounded where they are shown, as those in the table are. */
  readonly measured: string | readonly number[];
  readonly isMet: boolean;
}

/** What one part of the benchmark found. */
export interface Findings {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly goals: readonly Goal[];
}

/** What a part works with. */
export interface Bench {
  readonly plan: Plan;
  readonly seed: number;
  /** A DynamoDB that others use as well, over a file whose stream has its indexes. */
  readonly endpoint: string;
  /** A folder that is gone afterwards. */
  readonly folder: string;
}

/** One part of the benchmark. Throws when something does not work at all. */
export type Part = (bench: Bench) => Promise<Findings>;

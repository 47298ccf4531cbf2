import type { Plan } from './plan.ts';

/** A table row of numbers and texts; all rows have the same columns, ratios first. */
export type Row = Readonly<Record<string, string | number>>;

/** A goal of a part. Counted values are the same on every machine, times are not. */
export interface Goal {
  readonly goal: string;
  readonly kind: 'counted' | 'timed';
  /** Numbers are rounded when displayed, like those in the table. */
  readonly measured: string | readonly number[];
  readonly isMet: boolean;
}

/** The results of one part of the benchmark. */
export interface Findings {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly goals: readonly Goal[];
}

/** The environment of a part. */
export interface Bench {
  readonly plan: Plan;
  readonly seed: number;
  /** An embedded DynamoDB for this part alone. */
  readonly endpoint: string;
  /** A folder that is deleted afterwards. */
  readonly folder: string;
}

/** One part of the benchmark. Throws when something does not work at all. */
export type Part = (bench: Bench) => Promise<Findings>;

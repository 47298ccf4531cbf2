/** The times at or after `from` and before `to`; ISO 8601 UTC with milliseconds. */
export interface Interval {
  readonly from: string;
  readonly to: string;
}

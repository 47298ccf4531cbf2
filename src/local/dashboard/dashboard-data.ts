import type { AlarmChange, AlarmStatus } from '../cloudwatch/alarms/alarms.ts';
import type { ShownWidget } from '../cloudwatch/dashboard/show-dashboard.ts';

/** Metrics that AWS emits and the local run does not. */
export interface AwsOnlyMetric {
  readonly namespace: string;
  readonly name: string;
  /** Why, as a sentence. */
  readonly reason: string;
}

/** A dashboard with its data, as the page draws it. */
export interface ShownDashboard {
  /** The name of the dashboard. */
  readonly name: string;
  /** When the data was read, in milliseconds since 1970. */
  readonly now: number;
  /** How much of the past the widgets show, in milliseconds. */
  readonly rangeMs: number;
  readonly widgets: readonly ShownWidget[];
  /** Every alarm, whether a widget shows it or not. */
  readonly alarms: readonly AlarmStatus[];
  /** The history of the alarms, from the oldest change to the newest. */
  readonly changes: readonly AlarmChange[];
  readonly onAwsOnly: readonly AwsOnlyMetric[];
}

/** Why there is no dashboard: not yet, or not at all. */
export interface NoDashboard {
  readonly status: 'starting' | 'unavailable';
  /** What is wrong and what to do, as sentences. */
  readonly message: string;
}

/** The body of a response to `/dashboard/data`. */
export type DashboardData = ShownDashboard | NoDashboard;

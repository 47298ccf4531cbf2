import {
  GraphWidget,
  type GraphWidgetProps,
  type HorizontalAnnotation,
  type IMetric,
  type IWidget,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Sources } from './sources.ts';

/** The width of a dashboard, in columns. */
export const COLUMNS = 24;

/** One row of the dashboard, from left to right. */
export type Row = (sources: Sources) => IWidget[];

export interface Chart extends Pick<GraphWidgetProps, 'stacked'> {
  readonly title: string;
  /** The label of the axis. */
  readonly unit: string;
  readonly metrics: IMetric[];
  /** Lines across the chart, such as a limit. */
  readonly limits?: HorizontalAnnotation[];
  /** Whether the axis begins at the lowest value instead of zero. */
  readonly floating?: boolean;
}

/** Charts side by side, which fill the width of the dashboard. */
export const chartRow = (...charts: Chart[]): GraphWidget[] =>
  charts.map(
    ({ unit, metrics, limits, floating, ...look }) =>
      new GraphWidget({
        ...look,
        width: COLUMNS / charts.length,
        height: 6,
        left: metrics,
        leftAnnotations: limits,
        leftYAxis: { label: unit, min: floating ? undefined : 0, showUnits: false },
      }),
  );

export interface BigNumber {
  readonly title: string;
  readonly metric: IMetric;
}

/** Big numbers side by side: the latest value of each, even of a period that has not ended. */
export const bigNumberRow = (...numbers: BigNumber[]): SingleValueWidget[] =>
  numbers.map(
    ({ title, metric }) =>
      new SingleValueWidget({
        title,
        width: COLUMNS / numbers.length,
        height: 4,
        metrics: [metric],
        fullPrecision: true,
        liveData: true,
      }),
  );

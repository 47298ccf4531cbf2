import type { Query } from '../queries/query.ts';

/** The place of a widget in a grid of 24 columns. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Side = 'left' | 'right';

/** A row of the metrics of a widget. */
export interface MetricRow {
  readonly query: Query;
  readonly label: string;
  /** Such as `#1f77b4`; undefined for the next one of the renderer's colours. */
  readonly color: string | undefined;
  readonly side: Side;
  /** Whether it is shown, or only part of an expression. */
  readonly isVisible: boolean;
}

export interface Axis {
  readonly label: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly showsUnits: boolean;
}

/** A line across a chart, such as a limit. */
export interface Line {
  readonly value: number;
  readonly label: string | undefined;
  readonly color: string | undefined;
  readonly side: Side;
}

/** What widgets with metrics have in common. */
export interface MetricWidget {
  readonly title: string | undefined;
  readonly rows: readonly MetricRow[];
  /** Whether the minute that has not ended is shown. */
  readonly isLive: boolean;
}

export interface ChartWidget extends MetricWidget {
  readonly kind: 'chart';
  readonly isStacked: boolean;
  readonly axes: Readonly<Record<Side, Axis>>;
  readonly lines: readonly Line[];
}

export interface SingleValueWidget extends MetricWidget {
  readonly kind: 'singleValue';
  /** Whether all digits are shown. */
  readonly hasFullPrecision: boolean;
}

export interface TextWidget {
  readonly kind: 'text';
  readonly markdown: string;
  readonly background: 'solid' | 'transparent';
}

export interface AlarmWidget {
  readonly kind: 'alarm';
  readonly title: string | undefined;
  readonly alarmNames: readonly string[];
}

export type Widget = Place & (ChartWidget | SingleValueWidget | TextWidget | AlarmWidget);

/** A dashboard of a template. */
export interface Dashboard {
  readonly name: string;
  /** How much of the past it shows, in milliseconds. */
  readonly rangeMs: number;
  readonly widgets: readonly Widget[];
}

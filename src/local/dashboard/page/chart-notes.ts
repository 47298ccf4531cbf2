import type { ShownSeries } from '../../cloudwatch/dashboard/show-dashboard.ts';
import type { AwsOnlyMetric, ShownDashboard } from '../dashboard-data.ts';
import { findAwsOnly } from './aws-only.ts';
import { element } from './element.ts';
import { awsOnlyBadge } from './text-widget.ts';
import type { WidgetOfKind } from './widget-of-kind.ts';

/** Why a chart, or a series in it, has no line. */
export interface ChartNotes {
  /** Says over the plot that there is nothing in it. */
  readonly empty: HTMLElement;
  /** Says which series only AWS emits, and why. */
  readonly awsOnly: HTMLElement;
  readonly update: (widget: WidgetOfKind<'chart'>, dashboard: ShownDashboard) => void;
}

/** The notes of a chart. */
export const createChartNotes = (): ChartNotes => {
  const empty = element('p', { className: 'empty' }, 'No values in this range');
  const awsOnly = element('ul', { className: 'aws-only' });
  return {
    ...{ empty, awsOnly },
    update: ({ series }, { onAwsOnly }) => {
      const notes = groupByReason(series, onAwsOnly);
      empty.hidden = series.some(({ points }) => points.length > 0);
      awsOnly.hidden = notes.length === 0;
      awsOnly.replaceChildren(...notes.map(showNote));
    },
  };
};

type Note = readonly [reason: string, labels: readonly string[]];

const groupByReason = (
  series: readonly ShownSeries[],
  onAwsOnly: readonly AwsOnlyMetric[],
): Note[] => {
  const found = series.flatMap((one) => {
    const metric = findAwsOnly(one, onAwsOnly);
    return metric ? [{ label: one.label, reason: metric.reason }] : [];
  });
  const groups = Map.groupBy(found, ({ reason }) => reason);
  return [...groups].map(([reason, notes]) => [reason, notes.map(({ label }) => label)]);
};

const showNote = ([reason, labels]: Note): HTMLElement =>
  element('li', {}, awsOnlyBadge(), ` ${labels.join(', ')}: ${reason}`);

import type { ShownSeries } from '../../cloudwatch/dashboard/show-dashboard.ts';
import type { ShownDashboard } from '../dashboard-data.ts';
import { findAwsOnly } from './aws-only.ts';
import { describeQuery } from './describe-query.ts';
import { element } from './element.ts';
import { formatFully, formatShortly, formatTime } from './format.ts';
import { awsOnlyBadge } from './text-widget.ts';
import type { WidgetOfKind } from './widget-of-kind.ts';
import type { WidgetView } from './widget-view.ts';

type SingleValueWidget = WidgetOfKind<'singleValue'>;

/** The latest values of some series, in large figures. */
export const createSingleValueWidget = (): WidgetView<SingleValueWidget> => {
  const title = element('h3');
  const values = element('dl');
  return {
    element: element('section', { className: 'widget single' }, title, values),
    update: (widget, dashboard) => {
      title.textContent = widget.title ?? '';
      values.replaceChildren(
        ...widget.series.map((series) => showValue(series, widget, dashboard)),
      );
    },
  };
};

const showValue = (
  series: ShownSeries,
  { hasFullPrecision }: SingleValueWidget,
  { onAwsOnly }: ShownDashboard,
): HTMLElement => {
  const last = series.points.at(-1);
  const format = hasFullPrecision ? formatFully : formatShortly;
  const awsOnly = findAwsOnly(series, onAwsOnly);
  const text = last ? format(last.value) : '–';
  const about = [series.label, describeQuery(series.query)].join(' · ');
  const since = last ? ` · ${formatTime(last.time)}` : ' · no value in this range';
  const term = element('dt', {}, about, since);
  if (awsOnly) term.append(' ', Object.assign(awsOnlyBadge(), { title: awsOnly.reason }));
  return element('div', {}, term, element('dd', {}, text));
};

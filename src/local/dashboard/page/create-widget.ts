import type { ShownWidget } from '../../cloudwatch/dashboard/show-dashboard.ts';
import { createAlarmWidget } from './alarm-widget.ts';
import { createChartWidget } from './chart-widget.ts';
import { createSingleValueWidget } from './single-value-widget.ts';
import { createTextWidget } from './text-widget.ts';
import { createUnknownWidget } from './unknown-widget.ts';
import type { WidgetKind, WidgetOfKind } from './widget-of-kind.ts';
import type { WidgetView } from './widget-view.ts';

const CREATORS: { readonly [Kind in WidgetKind]: () => WidgetView<WidgetOfKind<Kind>> } = {
  alarm: createAlarmWidget,
  chart: createChartWidget,
  singleValue: createSingleValueWidget,
  text: createTextWidget,
};

/** The view of a widget, which must only get widgets of the same kind. An unknown kind is an error that is shown. */
export const createWidget = ({ kind }: ShownWidget): WidgetView =>
  Object.hasOwn(CREATORS, kind)
    ? (CREATORS[kind] as () => WidgetView)()
    : createUnknownWidget(kind);

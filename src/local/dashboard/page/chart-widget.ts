import { createChartNotes } from './chart-notes.ts';
import { createDataTable } from './data-table.ts';
import { describeQueries } from './describe-query.ts';
import { element, setText } from './element.ts';
import { createLegend } from './legend.ts';
import { createPlot } from './plot.ts';
import { plotModel } from './plot-model.ts';
import type { WidgetOfKind } from './widget-of-kind.ts';
import type { WidgetView } from './widget-view.ts';

type ChartWidget = WidgetOfKind<'chart'>;

/** Lines or stacked areas, with a legend, and a table of the values. */
export const createChartWidget = (): WidgetView<ChartWidget> => {
  const title = element('h3');
  const description = element('span');
  const host = element('div', { className: 'plot', tabIndex: 0, role: 'img' });
  const legend = createLegend();
  const about = element('p', { className: 'about' }, description, legend.time);
  const notes = createChartNotes();
  const table = createDataTable();
  let times: readonly number[] = [];
  const plot = createPlot(host, (index) =>
    legend.point(index === undefined ? undefined : times[index]),
  );
  const parts = [title, about, host, notes.empty, legend.element, notes.awsOnly, table.element];
  return {
    element: element('section', { className: 'widget chart' }, ...parts),
    update: (widget, dashboard) => {
      const model = plotModel(widget, dashboard);
      times = model.times.map((time) => time * 1_000);
      setText(title, widget.title ?? '');
      setText(description, describe(widget));
      host.ariaLabel = `${widget.isStacked ? 'Stacked areas' : 'Lines'}: ${widget.title ?? ''}`;
      plot.draw(model);
      legend.update(widget, model);
      notes.update(widget, dashboard);
      table.update(widget);
    },
    ...{ redraw: plot.redraw, destroy: plot.destroy },
  };
};

const describe = ({ axes, series }: ChartWidget): string =>
  [
    ...[axes.left.label, axes.right.label].filter((label) => label !== undefined),
    describeQueries(series.map(({ query }) => query)),
  ].join(' · ');

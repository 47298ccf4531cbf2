import type { ShownWidget } from '../../cloudwatch/dashboard/show-dashboard.ts';
import type { ShownDashboard } from '../dashboard-data.ts';
import { createWidget } from './create-widget.ts';
import { element } from './element.ts';
import { rowHeights } from './row-heights.ts';
import type { WidgetView } from './widget-view.ts';

/** The widgets of a dashboard at their places. */
export interface Grid {
  readonly element: HTMLElement;
  readonly update: (dashboard: ShownDashboard) => void;
  readonly redraw: () => void;
}

interface Placed {
  readonly view: WidgetView;
  /** What must be equal for the view to stay. */
  readonly identity: string;
  shown: string;
}

/** An empty grid of 24 columns. An update touches only the widgets that differ. */
export const createGrid = (): Grid => {
  const container = element('div', { className: 'grid' });
  let placed: readonly Placed[] = [];
  const redraw = (): void => {
    for (const { view } of placed) view.redraw?.();
  };
  return {
    ...{ element: container, redraw },
    update: (dashboard) => {
      const widgets = dashboard.widgets.toSorted((a, b) => a.y - b.y || a.x - b.x);
      if (widgets.map(identityOf).join() !== placed.map(({ identity }) => identity).join()) {
        for (const { view } of placed) view.destroy?.();
        placed = widgets.map(place);
        container.replaceChildren(...placed.map(({ view }) => view.element));
        container.style.gridTemplateRows = rowHeights(widgets).join(' ');
        container.querySelector('.alarm')?.setAttribute('id', 'alarms');
      }
      for (const [i, widget] of widgets.entries()) updatePlaced(placed[i], widget, dashboard);
    },
  };
};

const identityOf = ({ kind, x, y, width, height }: ShownWidget): string =>
  JSON.stringify([kind, x, y, width, height]);

const place = (widget: ShownWidget): Placed => {
  const view = createWidget(widget);
  const { x, y, width, height } = widget;
  for (const [name, value] of Object.entries({ x: x + 1, y: y + 1, width, height })) {
    view.element.style.setProperty(`--${name}`, String(value));
  }
  return { view, identity: identityOf(widget), shown: '' };
};

const MINUTE_MS = 60_000;

// A chart moves on with each minute, even without new values.
const updatePlaced = (
  placed: Placed | undefined,
  widget: ShownWidget,
  dashboard: ShownDashboard,
): void => {
  const { now, rangeMs, onAwsOnly } = dashboard;
  const changes = widget.kind === 'alarm' && dashboard.changes;
  const next = JSON.stringify([widget, Math.floor(now / MINUTE_MS), rangeMs, onAwsOnly, changes]);
  if (!placed || placed.shown === next) return;
  placed.shown = next;
  placed.view.update(widget, dashboard);
};

import type { ShownWidget } from '../../cloudwatch/dashboard/show-dashboard.ts';
import type { ShownDashboard } from '../dashboard-data.ts';

/** What is shown of one widget. */
export interface WidgetView<Widget = ShownWidget> {
  readonly element: HTMLElement;
  /** Shows the widget as it is now; keeps focus, scroll and hover. */
  readonly update: (widget: Widget, dashboard: ShownDashboard) => void;
  /** Redraws what does not follow the style sheet by itself. */
  readonly redraw?: () => void;
  readonly destroy?: () => void;
}

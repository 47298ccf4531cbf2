import { element } from './element.ts';
import type { WidgetView } from './widget-view.ts';

/** A widget that this page cannot draw: an error with the name of its kind, never a blank. */
export const createUnknownWidget = (kind: string): WidgetView => ({
  element: element(
    'section',
    { className: 'widget unknown' },
    element('h3', {}, `Unknown widget: ${kind}`),
    element('p', {}, 'This page cannot draw widgets of this kind. CloudWatch on AWS may.'),
  ),
  update: () => undefined,
});

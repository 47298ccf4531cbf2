import { describeQuery } from './describe-query.ts';
import { element } from './element.ts';
import { formatFully, formatTime } from './format.ts';
import { type TableRow, tableRows } from './table-rows.ts';
import type { WidgetOfKind } from './widget-of-kind.ts';

type ChartWidget = WidgetOfKind<'chart'>;

/** A table of all points of a chart, which the reader can open. */
export interface DataTable {
  readonly element: HTMLElement;
  readonly update: (widget: ChartWidget) => void;
}

/** The table of a chart. It has rows only while it is open; a refresh keeps the rows that are still there. */
export const createDataTable = (): DataTable => {
  const caption = element('caption');
  const [head, body] = [element('thead'), element('tbody')];
  const scroller = element('div', { className: 'rows', tabIndex: 0, role: 'region' });
  scroller.append(element('table', {}, caption, head, body));
  const details = element('details', {}, element('summary', {}, 'Table'), scroller);
  let shown: ChartWidget | undefined;
  const show = (): void => {
    if (!shown || !details.open) return;
    head.replaceChildren(showHead(shown));
    updateRows(body, tableRows(shown.series));
  };
  details.addEventListener('toggle', show);
  return {
    element: details,
    update: (widget) => {
      shown = widget;
      caption.textContent = `${widget.title ?? ''}: the values of each period, the newest first`;
      scroller.ariaLabel = `Table: ${widget.title ?? ''}`;
      show();
    },
  };
};

const showHead = ({ series }: ChartWidget): HTMLElement =>
  element(
    'tr',
    {},
    element('th', { scope: 'col' }, 'from'),
    ...series.map(({ label, query }) =>
      element('th', { scope: 'col', title: describeQuery(query) }, label),
    ),
  );

// Rows that stay are not moved, so that the reader's place and selection stay too.
const updateRows = (body: HTMLElement, rows: readonly TableRow[]): void => {
  const known = new Map([...body.children].map((row) => [row.textContent, row]));
  const next = rows.map((row) => {
    const created = showRow(row);
    return known.get(created.textContent) ?? created;
  });
  const kept = new Set(next);
  for (const row of known.values()) if (!kept.has(row)) row.remove();
  for (const [i, row] of next.entries()) {
    const current = body.children[i];
    if (current !== row) body.insertBefore(row, current ?? null);
  }
};

const showRow = ({ time, values }: TableRow): HTMLElement =>
  element(
    'tr',
    {},
    element('th', { scope: 'row' }, formatTime(time)),
    ...values.map((value) => element('td', {}, value === undefined ? '–' : formatFully(value))),
  );

import type { ShownSeries } from '../../cloudwatch/dashboard/show-dashboard.ts';
import { readableColor } from './colors.ts';
import { describeQuery } from './describe-query.ts';
import { element, setText } from './element.ts';
import { formatShortly, formatTime } from './format.ts';
import type { PlotModel } from './plot-model.ts';
import { currentTheme } from './theme.ts';
import type { WidgetOfKind } from './widget-of-kind.ts';

/** The names of the series with their values: those at the pointer, or the latest. */
export interface Legend {
  readonly element: HTMLElement;
  /** Says when the values were measured. */
  readonly time: HTMLElement;
  readonly update: (widget: WidgetOfKind<'chart'>, model: PlotModel) => void;
  /** Shows the values at a time, in milliseconds since 1970; without one, the latest. */
  readonly point: (time: number | undefined) => void;
}

interface Entry {
  readonly series: ShownSeries;
  readonly value: HTMLElement;
}

/** The legend of a chart. */
export const createLegend = (): Legend => {
  const list = element('ul', { className: 'legend' });
  const timeText = element('span', {}, 'latest');
  let entries: readonly Entry[] = [];
  let pointed: number | undefined;
  const showValues = (): void => {
    for (const { series, value } of entries) setText(value, valueAt(series, pointed));
    setText(timeText, pointed === undefined ? 'latest' : formatTime(pointed));
  };
  return {
    ...{ element: list, time: timeText },
    update: ({ series, lines }, model) => {
      entries = series.map((one) => ({ series: one, value: element('b') }));
      const items = entries.map((entry, i) => showEntry(entry, model.series[i]?.color ?? ''));
      list.replaceChildren(...items, ...lines.map(showLine));
      showValues();
    },
    point: (time) => {
      pointed = time;
      showValues();
    },
  };
};

const valueAt = ({ points }: ShownSeries, time: number | undefined): string => {
  const point = time === undefined ? points.at(-1) : points.find((it) => it.time === time);
  return point ? formatShortly(point.value) : '–';
};

const showEntry = ({ series, value }: Entry, color: string): HTMLElement => {
  const swatch = element('i');
  swatch.style.setProperty('background', readableColor(color, currentTheme().background));
  return element('li', { title: describeQuery(series.query) }, swatch, series.label, ' ', value);
};

const showLine = ({ label = 'line', value }: WidgetOfKind<'chart'>['lines'][number]): HTMLElement =>
  element(
    'li',
    {},
    element('i', { className: 'dashed' }),
    ...[`${label} `, element('b', {}, formatShortly(value))],
  );

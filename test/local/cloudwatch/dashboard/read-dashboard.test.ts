import { expect, it } from 'vitest';
import { readDashboard } from '../../../../src/local/cloudwatch/dashboard/read-dashboard.ts';

const PLACE = { x: 0, y: 4, width: 12, height: 6 };
const METRIC = ['App', 'Visits', 'service', 'blog'];

const read = (widgets: readonly object[], body: object = {}) =>
  readDashboard({
    DashboardName: 'blog',
    DashboardBody: JSON.stringify({
      ...{ start: '-P1D', periodOverride: 'inherit' },
      widgets: widgets.map((widget) => ({ ...PLACE, ...widget })),
      ...body,
    }),
  });

const readWidget = (type: string, properties: object) => read([{ type, properties }]).widgets[0];

const readMetrics = (metrics: readonly unknown[], properties: object = {}) =>
  readWidget('metric', { view: 'timeSeries', metrics, ...properties });

it('reads the name, the range and the places', () => {
  const dashboard = read([{ type: 'text', properties: { markdown: '# blog' } }]);
  expect(dashboard).toMatchObject({ name: 'blog', rangeMs: 86_400_000, widgets: [PLACE] });
});

it.each([
  ['-PT6H', 6],
  ['-P2DT3H', 51],
  ['-PT30M', 0.5],
])('reads the range %s as %d hours', (start, hours) => {
  expect(read([], { start }).rangeMs).toBe(hours * 3_600_000);
});

it('reads a text', () => {
  expect(readWidget('text', { markdown: '# blog', background: 'transparent' })).toEqual({
    ...PLACE,
    ...{ kind: 'text', markdown: '# blog', background: 'transparent' },
  });
});

it('reads the names of alarms from their ARNs', () => {
  const alarms = ['arn:aws:cloudwatch:eu-west-1:123456789012:alarm:blog-api-errors'];
  expect(readWidget('alarm', { title: 'Alarms', alarms })).toEqual({
    ...PLACE,
    ...{ kind: 'alarm', title: 'Alarms', alarmNames: ['blog-api-errors'] },
  });
});

it('reads a chart with its axes and lines', () => {
  const yAxis = { left: { label: 'visits', min: 0, max: 9, showUnits: false } };
  const annotations = { horizontal: [{ value: 100, label: 'maximum', yAxis: 'right' }] };
  const chart = { title: 'Visits', region: 'here', stacked: true, yAxis, annotations };
  expect(readMetrics([METRIC], chart)).toMatchObject({
    ...{ kind: 'chart', title: 'Visits', isStacked: true, isLive: false },
    axes: {
      left: { label: 'visits', min: 0, max: 9, showsUnits: false },
      right: { showsUnits: true },
    },
    lines: [{ value: 100, label: 'maximum', side: 'right' }],
  });
});

it('reads single values', () => {
  const look = { view: 'singleValue', singleValueFullPrecision: true, liveData: true };
  expect(readMetrics([METRIC], look)).toMatchObject({
    ...{ kind: 'singleValue', hasFullPrecision: true, isLive: true },
    rows: [{ label: 'Visits' }],
  });
});

it.each<[string, object, string]>([
  ['view', { view: 'pie' }, 'view'],
  ['property', { sparkline: true }, 'sparkline'],
  ['property of an axis', { yAxis: { left: { unit: 'x' } } }, 'yAxis.left'],
  ['annotation', { annotations: { vertical: [] } }, 'vertical'],
  ['property of a line', { annotations: { horizontal: [{ value: 1, fill: 'above' }] } }, 'fill'],
])('refuses a metric widget with an unknown %s', (_, properties, named) => {
  expect(() => readMetrics([METRIC], properties)).toThrow(named);
  expect(() => readMetrics([METRIC], properties)).toThrow('the metric widget at column 0 of row 4');
});

it.each<[string, () => unknown, string]>([
  ['widget', () => readWidget('log', {}), 'widgets.0.type'],
  ['property of a text', () => readWidget('text', { markdown: '', x: 1 }), 'x'],
  ['property of alarms', () => readWidget('alarm', { alarms: [], sortBy: 'default' }), 'sortBy'],
  ['alarm', () => readWidget('alarm', { alarms: ['x'] }), 'expected the ARN of an alarm'],
  ['start', () => read([], { start: '-P1W' }), 'The start -P1W of a dashboard is unknown'],
  ['treatment of periods', () => read([], { periodOverride: 'auto' }), 'periodOverride'],
  ['property of the body', () => read([], { variables: [] }), 'variables'],
  ['body', () => readDashboard({ DashboardName: 'a', DashboardBody: '{' }), 'it is not JSON'],
])('refuses an unknown %s', (_, action, named) => {
  expect(action).toThrow(named);
});

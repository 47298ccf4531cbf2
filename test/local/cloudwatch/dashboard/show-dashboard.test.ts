import { expect, it } from 'vitest';
import type { AlarmStatus } from '../../../../src/local/cloudwatch/alarms/alarms.ts';
import { readAlarm } from '../../../../src/local/cloudwatch/alarms/read-alarm.ts';
import { readDashboard } from '../../../../src/local/cloudwatch/dashboard/read-dashboard.ts';
import {
  type DashboardSource,
  showDashboard,
} from '../../../../src/local/cloudwatch/dashboard/show-dashboard.ts';
import { createMetricStore } from '../../../../src/local/cloudwatch/store/metric-store.ts';

const NOW = Date.parse('2026-11-27T12:32:34Z');
const PLACE = { x: 0, y: 0, width: 24, height: 6 };

const ALARM: AlarmStatus = {
  definition: readAlarm({
    ...{ AlarmName: 'errors', Namespace: 'App', MetricName: 'Errors', Statistic: 'Sum' },
    ...{ Period: 60, ComparisonOperator: 'GreaterThanThreshold', Threshold: 1 },
    EvaluationPeriods: 1,
  }),
  ...{ state: 'OK', reason: '', since: undefined },
};

const show = (type: string, properties: object, source: Partial<DashboardSource> = {}) => {
  const body = { start: '-P1D', periodOverride: 'inherit' };
  const dashboard = readDashboard({
    DashboardName: 'blog',
    DashboardBody: JSON.stringify({ ...body, widgets: [{ ...PLACE, type, properties }] }),
  });
  return showDashboard(dashboard, { store: visitsAt(), alarms: [ALARM], now: NOW, ...source })[0];
};

const visitsAt = (...times: string[]) => {
  const store = createMetricStore();
  for (const time of times) {
    const metric = { namespace: 'App', name: 'Visits', dimensions: {} };
    store.put({ ...metric, value: 1, unit: 'Count', time: Date.parse(time) });
  }
  return store;
};

const pointsOf = (
  options: object,
  times: readonly string[],
  { properties = {}, source = {} }: { properties?: object; source?: object } = {},
) => {
  const metrics = [['App', 'Visits', { stat: 'Sum', ...options }]];
  const shown = show(
    'metric',
    { metrics, ...properties },
    { store: visitsAt(...times), ...source },
  );
  const [series] = shown && 'series' in shown ? shown.series : [];
  return series?.points.map(({ time, value }) => [new Date(time).toISOString(), value]);
};

it('shows a text as it is', () => {
  const text = { markdown: '# blog', background: 'solid' };
  expect(show('text', text)).toEqual({ ...PLACE, kind: 'text', ...text });
});

it('shows the states of alarms', () => {
  expect(show('alarm', { alarms: ['arn:x:alarm:errors'] })).toMatchObject({ alarms: [ALARM] });
});

it('refuses an alarm that does not exist', () => {
  const alarms = ['arn:x:alarm:others'];
  expect(() => show('alarm', { alarms })).toThrow('the alarm others, which does not exist');
});

it('begins a period of a day at midnight UTC', () => {
  const times = ['2026-11-26T23:59:59Z', '2026-11-27T00:00:00Z', '2026-11-27T12:00:00Z'];
  expect(pointsOf({ period: 86_400 }, times)).toEqual([['2026-11-27T00:00:00.000Z', 2]]);
});

it('begins periods of five minutes at multiples of five minutes', () => {
  const times = ['2026-11-27T12:04:59Z', '2026-11-27T12:05:00Z', '2026-11-27T12:09:00Z'];
  expect(pointsOf({ period: 300 }, times)).toEqual([
    ['2026-11-27T12:00:00.000Z', 1],
    ['2026-11-27T12:05:00.000Z', 2],
  ]);
});

it('shows the minute that has not ended only if the data is live', () => {
  const times = ['2026-11-27T12:31:59Z', '2026-11-27T12:32:10Z'];
  expect(pointsOf({ period: 300 }, times)?.at(-1)?.[1]).toBe(1);
  const properties = { view: 'singleValue', liveData: true };
  expect(pointsOf({ period: 300 }, times, { properties })?.at(-1)?.[1]).toBe(2);
});

it('shows another range than that of the dashboard', () => {
  const times = ['2026-11-27T11:00:00Z', '2026-11-27T12:00:00Z'];
  const source = { rangeMs: 3_600_000 };
  expect(pointsOf({ period: 60 }, times, { source })).toEqual([['2026-11-27T12:00:00.000Z', 1]]);
});

it('shows a single value of today even if today began before the range', () => {
  const times = ['2026-11-26T23:59:59Z', '2026-11-27T01:00:00Z', '2026-11-27T12:00:00Z'];
  const properties = { view: 'singleValue', liveData: true };
  const source = { rangeMs: 3_600_000 };
  expect(pointsOf({ period: 86_400 }, times, { properties, source })).toEqual([
    ['2026-11-27T00:00:00.000Z', 2],
  ]);
  expect(pointsOf({ period: 86_400 }, times, { source })).toEqual([]);
});

it('shows visible series, with the data of invisible ones in expressions', () => {
  const metrics = [
    [{ expression: 'visits / PERIOD(visits)', label: 'per second', color: '#1f77b4', period: 60 }],
    ['App', 'Visits', { id: 'visits', visible: false, stat: 'Sum', period: 60 }],
  ];
  const store = visitsAt('2026-11-27T12:00:00Z');
  expect(show('metric', { title: 'Visits', metrics }, { store })).toMatchObject({
    ...{ kind: 'chart', title: 'Visits' },
    series: [
      {
        ...{ label: 'per second', color: '#1f77b4', side: 'left' },
        metrics: [{ namespace: 'App', name: 'Visits', dimensions: {} }],
        points: [{ time: Date.parse('2026-11-27T12:00:00Z'), value: 1 / 60 }],
      },
    ],
  });
});

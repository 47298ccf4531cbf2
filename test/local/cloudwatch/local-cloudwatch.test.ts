import { expect, it } from 'vitest';
import {
  createLocalCloudWatch,
  type EarlierRun,
} from '../../../src/local/cloudwatch/local-cloudwatch.ts';
import { RETENTION_MS } from '../../../src/local/cloudwatch/store/metric-store.ts';
import { readTemplate } from '../../../src/local/cloudwatch/template/read-template.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-27T12:00:00Z');

const TEMPLATE = {
  Resources: {
    Filter: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        ...{ LogGroupName: 'ingest', FilterPattern: '{ $.reason = "rate" }' },
        MetricTransformations: [
          { MetricNamespace: 'App', MetricName: 'Limited', MetricValue: '$.Refused' },
        ],
      },
    },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        ...{ AlarmName: 'limited', Namespace: 'App', MetricName: 'Limited', Statistic: 'Sum' },
        ...{ Period: 60, EvaluationPeriods: 1, TreatMissingData: 'ignore', Threshold: 3 },
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      },
    },
    Board: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardName: 'board',
        DashboardBody: JSON.stringify({
          periodOverride: 'inherit',
          widgets: ['Limited', 'Refused'].map((name, y) => ({
            ...{ type: 'metric', x: 0, y, width: 24, height: 1 },
            properties: { metrics: [['App', name, { stat: 'Sum', period: 60 }]] },
          })),
        }),
      },
    },
  },
};

const create = (earlier?: EarlierRun) =>
  createLocalCloudWatch(
    readTemplate(TEMPLATE, (value) => value),
    earlier,
  );

const LINE = JSON.stringify({
  _aws: {
    Timestamp: NOON,
    CloudWatchMetrics: [{ Namespace: 'App', Dimensions: [[]], Metrics: [{ Name: 'Refused' }] }],
  },
  ...{ Refused: 3, reason: 'rate' },
});

const valuesOn = ({ show }: ReturnType<typeof create>, now: number, rangeMs?: number) =>
  show('board', now, rangeMs).map((widget) =>
    'series' in widget ? widget.series.flatMap(({ points }) => points.map((p) => p.value)) : [],
  );

it('takes embedded metrics and the values of metric filters from a line', () => {
  const cloudWatch = create();
  cloudWatch.ingest({ logGroupName: 'ingest', line: LINE, time: NOON });
  expect(valuesOn(cloudWatch, NOON + MINUTE)).toEqual([[3], [3]]);
});

it('applies metric filters to their log group only', () => {
  const cloudWatch = create();
  cloudWatch.ingest({ logGroupName: 'query', line: LINE, time: NOON });
  expect(valuesOn(cloudWatch, NOON + MINUTE)).toEqual([[], [3]]);
});

it('shows another range on request, and nothing of another dashboard', () => {
  const cloudWatch = create();
  cloudWatch.ingest({ logGroupName: 'ingest', line: LINE, time: NOON });
  expect(valuesOn(cloudWatch, NOON + 5 * MINUTE, 2 * MINUTE)).toEqual([[], []]);
  expect(cloudWatch.show('other', NOON)).toEqual([]);
});

it('evaluates the alarms at each tick', () => {
  const { ingest, tick } = create();
  ingest({ logGroupName: 'ingest', line: LINE, time: NOON });
  expect(tick(NOON + MINUTE)).toMatchObject([{ alarm: 'limited', to: 'ALARM' }]);
});

it('forgets what is too old at each tick', () => {
  const { put, tick, store } = create();
  put({
    ...{ namespace: 'App', name: 'Old', dimensions: {} },
    value: 1,
    unit: 'Count',
    time: NOON,
  });
  tick(NOON + RETENTION_MS + MINUTE);
  expect(store.metrics()).toEqual([]);
});

it('continues with what an earlier run left', () => {
  const before = create();
  before.ingest({ logGroupName: 'ingest', line: LINE, time: NOON });
  before.tick(NOON + MINUTE);
  const after = create({ store: before.store, alarmChanges: before.alarms.history() });
  expect(valuesOn(after, NOON + MINUTE)).toEqual([[3], [3]]);
  expect(after.alarms.statuses()).toMatchObject([{ state: 'ALARM' }]);
});

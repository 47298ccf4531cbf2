import { expect, it } from 'vitest';
import {
  createTemplateResolver,
  readTemplate,
} from '../../../../src/local/cloudwatch/template/read-template.ts';

const DASHBOARD_BODY = [
  '{"periodOverride":"inherit","widgets":[{"type":"alarm","x":0,"y":0,"width":24,"height":4,"properties":{"alarms":["',
  { 'Fn::GetAtt': ['Slow', 'Arn'] },
  '"]}}]}',
];

const TEMPLATE = {
  Resources: {
    Slow: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: { 'Fn::Join': ['-', ['blog', { Ref: 'AWS::Region' }, 'slow']] },
        ...{ Namespace: 'AWS/ApiGateway', MetricName: 'Latency', Period: 60 },
        Dimensions: [{ Name: 'ApiId', Value: { Ref: 'Api' } }],
        ...{ ExtendedStatistic: 'p99', Threshold: 500, EvaluationPeriods: 1 },
        ComparisonOperator: 'GreaterThanThreshold',
      },
    },
    Board: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardName: 'blog',
        DashboardBody: { 'Fn::Join': ['', DASHBOARD_BODY] },
      },
    },
    Throttled: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        ...{ FilterPattern: '{ $.status = "429" }', LogGroupName: { Ref: 'AccessLog' } },
        MetricTransformations: [
          { MetricNamespace: 'App', MetricName: 'Throttled', MetricValue: '1' },
        ],
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: { Ref: 'unknown' } } },
  },
};

const NAMES = { 'AWS::Region': 'local', Api: 'api', AccessLog: 'access' };

const readWith = (names: Readonly<Record<string, string>>) =>
  readTemplate(TEMPLATE, createTemplateResolver(TEMPLATE, names));

it('reads alarms, dashboards and metric filters, and nothing else', () => {
  expect(readWith(NAMES)).toMatchObject({
    alarms: [{ name: 'blog-local-slow', observed: { metric: { dimensions: { ApiId: 'api' } } } }],
    dashboards: [{ name: 'blog', widgets: [{ alarmNames: ['blog-local-slow'] }] }],
    metricFilters: [{ logGroupName: 'access', name: 'Throttled' }],
  });
});

it('refuses a reference without a name', () => {
  const { Api: _, ...others } = NAMES;
  expect(() => readWith(others)).toThrow('The template refers to Api');
});

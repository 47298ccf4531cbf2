import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { SessionCounterProps } from '../../../infra/props/session-counter-props.ts';
import { DEPLOYMENTS, longestTemplate, propertiesOf } from '../longest-template.ts';
import { DASHBOARD_BODY_SCHEMA } from './dashboard-body-schema.ts';

interface Widget {
  readonly type: string;
  readonly properties: { readonly metrics?: readonly (readonly unknown[])[] };
}

const bodyOf = (props: SessionCounterProps): { readonly widgets: readonly Widget[] } => {
  const [[, dashboard] = []] = propertiesOf(longestTemplate(props), 'AWS::CloudWatch::Dashboard');
  return JSON.parse(String(dashboard?.DashboardBody));
};

const metricsIn = ({ widgets }: ReturnType<typeof bodyOf>) =>
  widgets.flatMap(({ properties: { metrics = [] } }) => metrics);

const isValid = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(DASHBOARD_BODY_SCHEMA);

describe.each(DEPLOYMENTS)('with $name, the dashboard', ({ props }) => {
  const body = bodyOf(props);

  it('is one that CloudWatch takes', () => {
    expect(body.widgets.length).toBeGreaterThan(20);
    expect([isValid(body), isValid.errors]).toEqual([true, null]);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  it('reads at most 2,500 metrics', () => {
    expect(metricsIn(body).length).toBeGreaterThan(40);
    expect(metricsIn(body).length).toBeLessThanOrEqual(2_500);
  });
});

describe('the schema of dashboards', () => {
  const metric = (properties: object, place: object = {}) => ({
    ...{ type: 'metric', width: 6, height: 6, ...place },
    properties: { metrics: [['AWS/Lambda', 'Errors']], region: 'eu-central-1', ...properties },
  });
  const bodyWith = (widget: object) => ({ widgets: [widget] });

  it('takes a metric', () => {
    expect(isValid(bodyWith(metric({})))).toBe(true);
  });

  it.each([
    ['an unknown kind', { type: 'map', properties: {} }],
    ['more than 24 columns', metric({}, { width: 25 })],
    ['no region', metric({ region: undefined })],
    ['an unknown property', metric({ stack: true })],
    ['an unknown view', metric({ view: 'lines' })],
    ['a period of 90 seconds', metric({ period: 90 })],
    ['an unknown statistic', metric({ metrics: [['N', 'M', { stat: 'Mean' }]] })],
    ['a metric without a name', metric({ metrics: [['AWS/Lambda']] })],
    ['an id with a capital', metric({ metrics: [['N', 'M', { id: 'M1' }]] })],
    ['a text without Markdown', { type: 'text', properties: { text: 'x' } }],
    ['no alarm', { type: 'alarm', properties: { alarms: [] } }],
  ])('refuses a widget with %s', (_, widget) => {
    expect(isValid(JSON.parse(JSON.stringify(bodyWith(widget))))).toBe(false);
  });
});

// https://aws.amazon.com/cloudwatch/pricing/ (free tier)
describe('of the 50 metrics of a free dashboard', () => {
  // A metric with several statistics is one, and an expression is none.
  const metricsShown = (props: SessionCounterProps): number => {
    const names = metricsIn(bodyOf(props)).map((entry) =>
      entry.filter((part) => typeof part === 'string').join(),
    );
    return new Set(names.filter((name) => name !== '')).size;
  };
  const everything: SessionCounterProps = {
    ...{ counters: ['about', 'blog/*'], legacyRoute: true },
    ...{ alarmEmail: 'me@example.com', digest: 'weekly' },
  };

  // The setting `dashboard` tells these numbers.
  it.each<[string, SessionCounterProps, number]>([
    ['the defaults', {}, 43],
    ['everything else than watched counters', everything, 50],
    [
      'everything and two watched counters',
      { ...everything, watch: ['site', 'about', 'blog/a'] },
      54,
    ],
  ])('a deployment with %s has this many', (_, props, metrics) => {
    expect(metricsShown(props)).toBe(metrics);
  });
});

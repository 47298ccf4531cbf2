import { readFileSync } from 'node:fs';
import { Duration, Stack } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, it } from 'vitest';
import type { SessionCounter } from '../../../infra/session-counter.ts';
import { REFUSAL_REASONS } from '../../../src/domain/refusal-reason.ts';
import { METRIC } from '../../../src/metrics/metric-names.ts';
import { addCounter, emptyApp, emptyStack, synthesize } from '../synthesize.ts';

const counter = addCounter(emptyStack());

type MetricMethod = (this: SessionCounter, props?: MetricOptions) => Metric;

/** The metric that the method `metric<Name>` returns. */
const metricOf = (name: string, props?: MetricOptions): Metric => {
  const method = counter[`metric${name}` as keyof SessionCounter] as MetricMethod | undefined;
  if (method === undefined) throw new Error(`There is no method metric${name}`);
  return method.call(counter, props);
};

const WITHOUT_REASON = Object.values(METRIC).filter((name) => name !== METRIC.refused);

it.each(WITHOUT_REASON)('has a method for the metric %s of this counter', (name) => {
  expect(metricOf(name)).toMatchObject({
    ...{ namespace: 'SessionCounter', metricName: name, dimensions: { service: 'blog' } },
  });
});

it.each(REFUSAL_REASONS)('has the visits refused as %s as a metric of their own', (reason) => {
  expect(counter.metricRefused(reason)).toMatchObject({
    ...{ namespace: 'SessionCounter', metricName: 'Refused', statistic: 'Sum' },
    dimensions: { service: 'blog', reason },
  });
});

it('has the requests that the API throttled, under the name of the metric filter', () => {
  const [filter] = Object.values(synthesize().ofType('AWS::Logs::MetricFilter'));
  const { namespace, metricName, statistic, period } = counter.metricThrottledRequests();
  expect({ statistic, seconds: period.toSeconds() }).toEqual({ statistic: 'Sum', seconds: 300 });
  expect(filter?.Properties.MetricTransformations).toEqual([
    { MetricNamespace: namespace, MetricName: metricName, MetricValue: '1' },
  ]);
});

it('takes the options of every metric of the CDK', () => {
  const metric = counter.metricVisits({ period: Duration.hours(1), statistic: 'n', label: 'all' });
  expect({ ...metric, seconds: metric.period.toSeconds() }).toMatchObject({
    ...{ metricName: 'Visits', statistic: 'SampleCount', label: 'all', seconds: 3_600 },
  });
});

describe('with watched counters', () => {
  const several = addCounter(emptyStack(), { counters: ['blog/*'], watch: ['blog/first', 'site'] });

  it.each(['metricDistinctSessions', 'metricActiveSessions'] as const)(
    '%s is of any of them',
    (method) => {
      expect(several.watchedCounters).toEqual(['site', 'blog/first']);
      expect(several[method]({ counter: 'blog/first', label: 'first' })).toMatchObject({
        ...{ label: 'first', statistic: 'Maximum' },
        dimensions: { service: 'blog', counter: 'blog/first' },
      });
      expect(several[method]({ counter: 'site' }).dimensions).toEqual({ service: 'blog' });
      expect(several[method]().dimensions).toEqual({ service: 'blog' });
    },
  );

  it('refuses the metric of another counter, which would never have a value', () => {
    expect(() => several.metricActiveSessions({ counter: 'blog/second' })).toThrow(
      'counter must be one of the watched counters, site, blog/first, but it is "blog/second"',
    );
  });
});

it('says in which account and region the metric is, for dashboards elsewhere', () => {
  const env = { account: '123456789012', region: 'eu-central-1' };
  const there = addCounter(new Stack(emptyApp(), 'There', { env }));
  expect(there.metricDistinctSessions()).toMatchObject(env);
  expect(there.metricThrottledRequests()).toMatchObject(env);
  expect(there.metricDistinctSessions({ region: 'us-east-1' }).region).toBe('us-east-1');
});

const sources = ['infra/observability/metered-counter.ts', 'infra/session-counter.ts'].map((file) =>
  readFileSync(file, 'utf8'),
);

/** The text between the doc comment of a method and the method. */
const docOf = (name: string): string => {
  const [before = ''] = sources.flatMap((source) => source.split(`  metric${name}(`).slice(0, -1));
  return before.slice(before.lastIndexOf('/**'));
};

const UNIT: Record<string, string> = { CounterItemBytes: 'Bytes' };

it.each(WITHOUT_REASON)('documents unit, statistic and period of %s as they are', (name) => {
  const { statistic, period } = metricOf(name);
  const minutes = period.toMinutes();
  const defaults = `${statistic.toLowerCase()} over ${minutes} minute${minutes === 1 ? '' : 's'}`;
  expect(docOf(name)).toContain(`${UNIT[name] ?? 'Count'}; ${defaults}.`);
  expect(docOf(name)).toMatch(/No value|none while|One value for each/);
});

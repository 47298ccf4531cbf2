import { expect, it } from 'vitest';
import { readMetricFilter } from '../../../../src/local/cloudwatch/logs/metric-filter.ts';

const filterOf = (transformation: object = {}, properties: object = {}) =>
  readMetricFilter({
    FilterPattern: '{ $.reason = "rate" }',
    LogGroupName: 'ingest',
    MetricTransformations: [
      {
        MetricNamespace: 'SessionCounter/blog',
        MetricName: 'RateLimited',
        MetricValue: '$.Refused',
        ...transformation,
      },
    ],
    ...properties,
  });

const valueIn = (transformation: object, line: string) =>
  filterOf(transformation).measure(line, 5)?.value;

it('measures the member of a line that matches', () => {
  expect(filterOf().measure('{"reason":"rate","Refused":3}', 5)).toEqual({
    namespace: 'SessionCounter/blog',
    name: 'RateLimited',
    dimensions: {},
    value: 3,
    unit: 'None',
    time: 5,
  });
});

it('knows its log group and its metric', () => {
  expect(filterOf()).toMatchObject({
    logGroupName: 'ingest',
    namespace: 'SessionCounter/blog',
    name: 'RateLimited',
  });
});

it.each([
  [{}, '{"reason":"bot","Refused":3}', undefined],
  [{}, '{"reason":"rate"}', undefined],
  [{}, '{"reason":"rate","Refused":"3"}', undefined],
  [{}, 'no JSON', undefined],
  [{ MetricValue: '1' }, '{"reason":"rate","Refused":3}', 1],
  [{ MetricValue: '-0.5' }, '{"reason":"rate"}', -0.5],
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
  [{ DefaultValue: 0 }, '{"reason":"bot"}', 0],
  [{ DefaultValue: 0 }, '{"reason":"rate","Refused":3}', 3],
])('with %j, the value of the line %s is %s', (transformation, line, value) => {
  expect(valueIn(transformation, line)).toBe(value);
});

it('has the unit of the metric', () => {
  const filter = filterOf({ MetricValue: '1', Unit: 'Count' });
  expect(filter.measure('{"reason":"rate"}', 5)?.unit).toBe('Count');
});

it.each([
  [{ Dimensions: [] }, {}, 'Dimensions'],
  [{ MetricValue: 'one' }, {}, 'MetricValue: expected a number or a selector such as $.latency'],
  [{}, { FieldSelectionCriteria: 'x' }, 'FieldSelectionCriteria'],
  [{}, { FilterPattern: 'ERROR' }, 'ERROR'],
  [{}, { MetricTransformations: [] }, 'MetricTransformations'],
])('refuses %j %j', (transformation, properties, named) => {
  expect(() => filterOf(transformation, properties)).toThrow(named);
});

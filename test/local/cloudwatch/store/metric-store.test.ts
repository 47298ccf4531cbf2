import { expect, it } from 'vitest';
import type { Measurement } from '../../../../src/local/cloudwatch/metric.ts';
import {
  createMetricStore,
  type MetricStore,
  RETENTION_MS,
} from '../../../../src/local/cloudwatch/store/metric-store.ts';
import { alignUp } from '../../../../src/local/cloudwatch/store/read-statistic.ts';

const MINUTE = 60_000;
const METRIC = { namespace: 'App', name: 'Visits', dimensions: { service: 'blog', page: 'home' } };
const NOON = Date.parse('2026-11-27T12:00:00Z');

const measured = (value: number, time: number, other: Partial<Measurement> = {}): Measurement => ({
  ...METRIC,
  ...{ value, time, unit: 'Count' },
  ...other,
});

const storeOf = (...measurements: Measurement[]): MetricStore => {
  const store = createMetricStore();
  for (const measurement of measurements) store.put(measurement);
  return store;
};

const sums = (store: MetricStore, period: number, start: number, end: number) =>
  store
    .read({ metric: METRIC, statistic: 'Sum', period }, { start, end })
    .map(({ time, value }) => [(time - NOON) / MINUTE, value]);

it('adds up the values of each period, and has no point without values', () => {
  const store = storeOf(
    measured(1, NOON),
    measured(2, NOON + 59_999),
    measured(4, NOON + 6 * MINUTE),
  );
  expect(sums(store, 60, NOON, NOON + 10 * MINUTE)).toEqual([
    [0, 3],
    [6, 4],
  ]);
  expect(sums(store, 300, NOON, NOON + 10 * MINUTE)).toEqual([
    [0, 3],
    [5, 4],
  ]);
});

it('leaves out what is before the start, or at the end or later', () => {
  const store = storeOf(measured(1, NOON - 1), measured(2, NOON), measured(4, NOON + 2 * MINUTE));
  expect(sums(store, 300, NOON, NOON + 2 * MINUTE)).toEqual([[0, 2]]);
});

it('takes values in any order', () => {
  const store = storeOf(measured(1, NOON + MINUTE), measured(2, NOON));
  expect(sums(store, 60, NOON, NOON + 5 * MINUTE)).toEqual([
    [0, 2],
    [1, 1],
  ]);
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#dimension-combinations
it('keeps each combination of dimensions apart, whatever their order', () => {
  const store = storeOf(
    measured(1, NOON, { dimensions: { page: 'home', service: 'blog' } }),
    measured(2, NOON, { dimensions: { service: 'blog' } }),
    measured(4, NOON, { namespace: 'Other' }),
  );
  expect(sums(store, 60, NOON, NOON + MINUTE)).toEqual([[0, 1]]);
});

it('has the metrics with their units', () => {
  expect(storeOf(measured(1, NOON)).metrics()).toEqual([{ ...METRIC, unit: 'Count' }]);
});

it('refuses a value with another unit', () => {
  const store = storeOf(measured(1, NOON));
  expect(() => store.put(measured(1, NOON, { unit: 'Bytes' }))).toThrow('expected Count');
});

it('drops the minutes that are older than 15 days', () => {
  const store = storeOf(measured(1, NOON), measured(2, NOON + MINUTE));
  store.prune(NOON + MINUTE + RETENTION_MS);
  expect(sums(store, 60, NOON, NOON + 2 * MINUTE)).toEqual([[1, 2]]);
  store.prune(NOON + 2 * MINUTE + RETENTION_MS);
  expect(store.metrics()).toEqual([]);
});

const restore = (lines: readonly string[]): MetricStore => {
  const store = createMetricStore();
  for (const line of lines) store.load(line);
  return store;
};

const STATISTICS = ['Sum', 'SampleCount', 'Minimum', 'Maximum', 'p50'];

it('is restored from its lines, with every statistic', () => {
  const store = storeOf(
    measured(1, NOON),
    measured(5, NOON),
    measured(9, NOON),
    measured(2, NOON + MINUTE),
  );
  const restored = restore(store.lines());
  const range = { start: NOON, end: NOON + 5 * MINUTE };
  for (const statistic of STATISTICS) {
    const query = { metric: METRIC, statistic, period: 60 };
    expect(restored.read(query, range)).toEqual(store.read(query, range));
  }
  expect(restored.lines()).toEqual(store.lines());
});

it('is restored from the changes that were taken one after the other', () => {
  const store = storeOf(measured(1, NOON));
  const first = store.takeChanges();
  store.put(measured(2, NOON));
  const second = store.takeChanges();
  expect(store.takeChanges()).toEqual([]);
  expect(sums(restore([...first, ...second]), 60, NOON, NOON + MINUTE)).toEqual([[0, 3]]);
});

it('has no changes after it was restored', () => {
  expect(restore(storeOf(measured(1, NOON)).lines()).takeChanges()).toEqual([]);
});

it.each(['', '{}', '{"time":1}', 'x'])('refuses the line %j', (line) => {
  expect(() => restore([line])).toThrow('a line of stored metrics');
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
it.each([
  ['2026-11-26T12:34:56Z', 86_400, '2026-11-27T00:00:00Z'],
  ['2026-11-27T00:00:00Z', 86_400, '2026-11-27T00:00:00Z'],
  ['2026-11-27T12:32:34Z', 300, '2026-11-27T12:35:00Z'],
  ['2026-11-27T12:32:34Z', 60, '2026-11-27T12:33:00Z'],
])('begins the first period at or after %s, of %d seconds, at %s', (time, period, expected) => {
  expect(alignUp(Date.parse(time), period)).toBe(Date.parse(expected));
});

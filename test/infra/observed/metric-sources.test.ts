import { expect, it } from 'vitest';
import {
  FILTERED_NAMESPACE,
  findSource,
  METRIC_SOURCES,
} from '../../../src/local/observation/metric-sources.ts';
import { readObserved } from '../../../src/local/observation/observed.ts';
import {
  listAwsOnlyMetrics,
  listReadMetrics,
} from '../../../src/local/observation/read-metrics.ts';
import { METRIC } from '../../../src/metrics/metric-names.ts';
import { observe } from './observe.ts';

const TABLES = { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };

const readWith = (settings: Parameters<typeof observe>[0]) =>
  readObserved(JSON.stringify(observe(settings)), TABLES);

// Everything that a template of a counter can have.
const everything = readWith({ legacyRoute: true, counters: ['blog'], watch: ['site', 'blog'] });

const keyOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }) =>
  `${namespace} ${name}`;

it('knows the source of each metric that an alarm or a widget reads', () => {
  expect(listReadMetrics(everything).filter((metric) => !findSource(metric))).toEqual([]);
});

it('has no source of a metric that no alarm and no widget reads', () => {
  const read = new Set(
    listReadMetrics(everything).map((metric) => keyOf(findSource(metric) ?? metric)),
  );
  expect(METRIC_SOURCES.map(keyOf).filter((key) => !read.has(key))).toEqual([]);
});

it('has each metric of the functions on an alarm or a widget', () => {
  const read = listReadMetrics(everything)
    .filter(({ namespace }) => namespace === 'SessionCounter')
    .map(({ name }) => name);
  expect(new Set(read)).toEqual(new Set(Object.values(METRIC)));
});

it('has each metric that a metric filter emits, and no other of that namespace', () => {
  const emitted = everything.metricFilters.map(({ name }) => name);
  const known = METRIC_SOURCES.filter(({ namespace }) => namespace === FILTERED_NAMESPACE);
  expect(new Set(known.map(({ name }) => name))).toEqual(new Set(emitted));
});

it('names what only AWS emits, with the reason', () => {
  expect(listAwsOnlyMetrics(readWith({}))).toEqual([
    {
      namespace: 'SessionCounter/session-counter',
      name: 'Throttled',
      reason: expect.stringContaining('throttles no request'),
    },
  ]);
});

it('rejects a template that reads another metric', () => {
  const [alarm] = everything.alarms;
  if (alarm?.observed.kind !== 'metric') throw new Error('The first alarm observes no metric');
  const metric = { namespace: 'AWS/SQS', name: 'NumberOfMessagesSent', dimensions: {} };
  const changed = { ...alarm, queries: [{ ...alarm.observed, metric }] };
  expect(() => listAwsOnlyMetrics({ ...everything, alarms: [changed] })).toThrow(
    'The template reads the metric NumberOfMessagesSent of AWS/SQS',
  );
});

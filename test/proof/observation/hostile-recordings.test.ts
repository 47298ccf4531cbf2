import { describe, expect, it } from 'vitest';
import {
  atSecond,
  check,
  type Delivery,
  record,
  recordingOf,
  records,
  resultsOf,
  shardLines,
} from '../../support/made-up-recording.ts';

const SHARDS = shardLines({ a: undefined, b: 'a', c: 'a' });

// A parent with a failure that delays record 5, and its two children.
const HEALTHY: Readonly<Record<string, Delivery>> = {
  first: { shard: 'a', at: 10, records: records(1, 2) },
  failed: { shard: 'a', at: 20, records: records(3, 4), fails: true },
  retried: { shard: 'a', at: 25, records: records(3, 4) },
  last: { shard: 'a', at: 30, records: records(5, 6) },
  child: { shard: 'b', at: 40, records: records(7, 8) },
  sibling: { shard: 'c', at: 41, records: records(9, 10) },
  again: { shard: 'a', at: 45, records: records(5, 6) },
  later: { shard: 'b', at: 50, records: records(11) },
};

/** The healthy recording with some deliveries changed, removed or added. */
const withDeliveries = (changes: Readonly<Record<string, Delivery | undefined>>): string[] => {
  const deliveries = Object.values({ ...HEALTHY, ...changes }).filter((one) => one !== undefined);
  return [...SHARDS, ...recordingOf(deliveries.sort((one, other) => one.at - other.at))];
};

it('finds that every assumption holds in a healthy recording', () => {
  expect(new Set(Object.values(resultsOf(withDeliveries({}))))).toEqual(new Set(['holds']));
});

interface Hostile {
  readonly name: string;
  readonly what: string;
  readonly changes: Readonly<Record<string, Delivery | undefined>>;
  readonly evidence: string;
}

const HOUR = 3_600;

const HOSTILE: readonly Hostile[] = [
  {
    name: 'names-its-shard',
    what: 'an event without a shard id',
    changes: { later: { shard: null, at: 50, records: records(11) } },
    evidence: '2026-11-23T18:00:50.000Z one/8 names no shard',
  },
  {
    name: 'never-renumbers',
    what: 'a record written after a higher number had been delivered',
    changes: {
      reused: { shard: 'a', at: 65, records: [record(0, { writtenMs: atSecond(60) })] },
    },
    evidence: 'a: 0 was written at 2026-11-23T18:01:00.000Z, 50 s after 2 had been delivered',
  },
  {
    name: 'lies-in-one-shard',
    what: 'a record that is also in a child',
    changes: { later: { shard: 'b', at: 50, records: [record(12, { id: 'rrrrrrr5' })] } },
    evidence: 'The record rrrrrrr5 is 5 of a and 12 of b',
  },
  {
    name: 'stays-the-same',
    what: 'a record redelivered with another time',
    changes: {
      again: { shard: 'a', at: 45, records: [record(5, { writtenMs: atSecond(21) }), record(6)] },
    },
    evidence:
      'a: 5 (I, 2026-11-23T18:00:20.000Z, rrrrrrr5) was redelivered as ' +
      '5 (I, 2026-11-23T18:00:21.000Z, rrrrrrr5)',
  },
  {
    name: 'stays-the-same',
    what: 'a record redelivered with another number',
    changes: { again: { shard: 'a', at: 45, records: [record(12, { id: 'rrrrrrr5' })] } },
    evidence:
      'a: 5 (I, 2026-11-23T18:00:20.000Z, rrrrrrr5) was redelivered as ' +
      '12 (I, 2026-11-23T18:00:48.000Z, rrrrrrr5)',
  },
  {
    name: 'stays-the-same',
    what: 'another record with a known number',
    changes: { again: { shard: 'a', at: 45, records: [record(5, { id: 'another.', name: 'R' })] } },
    evidence:
      'a: 5 (I, 2026-11-23T18:00:20.000Z, rrrrrrr5) was redelivered as ' +
      '5 (R, 2026-11-23T18:00:20.000Z, another.)',
  },
  {
    name: 'first-in-order',
    what: 'a record first delivered after a later one',
    changes: {
      first: { shard: 'a', at: 10, records: records(2) },
      late: { shard: 'a', at: 32, records: records(1) },
    },
    evidence: 'a: 1 was first delivered after 6',
  },
  {
    name: 'first-in-order',
    what: 'a batch that is not in order',
    changes: { last: { shard: 'a', at: 30, records: records(6, 5) } },
    evidence: 'a: 5 was first delivered after 6',
  },
  {
    name: 'never-leaps',
    what: 'records delivered before the preceding failed ones have succeeded',
    changes: {
      leap: { shard: 'a', at: 24, records: records(5, 6) },
      last: undefined,
    },
    evidence:
      'a: 6 was delivered at 2026-11-23T18:00:24.000Z, skipping 2 records that failed, the first 3',
  },
  {
    name: 'never-leaps',
    what: 'a failed batch of which only the end is retried',
    changes: { retried: { shard: 'a', at: 25, records: records(4) } },
    evidence:
      'a: 4 was delivered at 2026-11-23T18:00:25.000Z, skipping 1 record that failed, the first 3',
  },
  {
    name: 'never-leaps',
    what: 'a batch that Lambda ended and then skipped',
    changes: {
      failed: { shard: 'a', at: 10.2, records: records(3, 4), hangs: true },
      retried: undefined,
    },
    evidence:
      'a: 6 was delivered at 2026-11-23T18:00:30.000Z, skipping 2 records that failed, the first 3',
  },
  {
    name: 'comes-again',
    what: 'a failed batch after which its shard is silent',
    changes: {
      failed: { shard: 'c', at: 42, records: records(12), fails: true },
      later: { shard: 'b', at: 1_000, records: records(11) },
    },
    evidence:
      'c: 1 record, the first 12, failed at 2026-11-23T18:00:42.000Z and was not retried within 16 min',
  },
  {
    name: 'one-at-a-time',
    what: 'an invocation that begins before the end of the one before',
    changes: { last: { shard: 'a', at: 30, until: 50, records: records(5, 6) } },
    evidence: 'a: one/7 began at 2026-11-23T18:00:45.000Z, 5 s before the end of one/4',
  },
  {
    name: 'one-at-a-time',
    what: 'a retry before Lambda ended the one that hung',
    changes: { failed: { shard: 'a', at: 20, records: records(3, 4), hangs: true } },
    evidence: 'a: one/3 began at 2026-11-23T18:00:25.000Z, 5 s before the end of one/2',
  },
  {
    name: 'parents-first',
    what: 'a child that is delivered while its parent still delivers records',
    changes: { child: { shard: 'b', at: 29, records: records(7, 8) } },
    evidence:
      'b began at 2026-11-23T18:00:29.000Z, but its parent a still delivered 5 at 2026-11-23T18:00:30.000Z',
  },
  {
    name: 'parents-first',
    what: 'a child that is delivered while a batch of its parent fails',
    changes: {
      last: { shard: 'a', at: 30, records: records(5, 6), fails: true },
      sibling: undefined,
    },
    evidence:
      'b began at 2026-11-23T18:00:40.000Z, but its parent a still delivered 5 at 2026-11-23T18:00:45.000Z',
  },
  {
    name: 'young-enough',
    what: 'a record delivered when its checkpoint may be gone',
    changes: {
      young: {
        shard: 'c',
        at: 31 * HOUR,
        records: [record(12, { writtenMs: atSecond(31 * HOUR) })],
      },
      again: { shard: 'a', at: 31 * HOUR + 1, records: records(5, 6) },
    },
    evidence: 'a: 5 was delivered after records written 31 h 0 min later',
  },
  {
    name: 'times-in-order',
    what: 'a time that goes back by more than the margin of a checkpoint',
    changes: {
      last: {
        shard: 'a',
        at: 30,
        records: [record(5), record(6, { writtenMs: atSecond(-6 * HOUR) })],
      },
      again: undefined,
    },
    evidence: 'a: 6 was written 6 h 0 min before an earlier one',
  },
];

describe.each(HOSTILE)('$name', ({ name, what, changes, evidence }) => {
  it(`is broken by ${what}`, () => {
    const { result, broken } = check(withDeliveries(changes))[name] ?? {};
    expect({ result, broken }).toEqual({ result: 'broken', broken: [evidence] });
  });
});

it('has a hostile recording for each assumption', () => {
  expect(new Set(HOSTILE.map(({ name }) => name))).toEqual(new Set(Object.keys(check([]))));
});

it('confirms nothing that was not tested', () => {
  const results = resultsOf(recordingOf([{ shard: 'a', at: 10, records: records(1, 2) }]));
  expect(results).toEqual({
    ...{ 'names-its-shard': 'holds', 'never-renumbers': 'holds', 'lies-in-one-shard': 'not seen' },
    ...{ 'stays-the-same': 'not seen', 'first-in-order': 'holds', 'never-leaps': 'not seen' },
    ...{ 'comes-again': 'not seen', 'one-at-a-time': 'not seen', 'parents-first': 'not seen' },
    ...{ 'young-enough': 'holds', 'times-in-order': 'holds' },
  });
});

it('does not report a leap for a redelivered old batch that fails', () => {
  const lines = withDeliveries({
    again: { shard: 'a', at: 45, records: records(3, 4), fails: true },
    after: { shard: 'a', at: 46, records: records(5, 6) },
  });
  expect(resultsOf(lines)['never-leaps']).toBe('holds');
});

it('does not report a leap for a failed batch retried in parts', () => {
  const lines = withDeliveries({
    retried: { shard: 'a', at: 25, records: records(3) },
    rest: { shard: 'a', at: 26, records: records(4, 5) },
    last: { shard: 'a', at: 30, records: records(6) },
  });
  expect(resultsOf(lines)['never-leaps']).toBe('holds');
});

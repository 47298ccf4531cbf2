import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from 'vitest';
import {
  createIsCounted,
  type StreamProgressDependencies,
} from '../../src/audit/stream-progress.ts';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';
import { apiRecord as record, UNTIL_MS } from '../support/api-records.ts';

const onlySite = (counter: Counter) => new Map([[SITE, counter]]);

/** A stream whose shards contain these pages; a shard ends with `closed`. */
const readerOf = (
  shards: Record<string, (_Record[] | 'closed')[]>,
): StreamProgressDependencies['reader'] => ({
  listShards: async () =>
    Object.keys(shards).map((shardId) => ({
      shardId,
      parentShardId: shardId === 'child' ? 'parent' : undefined,
    })),
  openShard: async (shardId, position) => {
    if (position === 'start' || /^\d{21,}$/.test(position)) return `${shardId} 0`;
    throw new Error('ValidationException');
  },
  readRecords: async (iterator) => {
    const [shardId = '', page = '0'] = iterator.split(' ');
    const pages = shards[shardId] ?? [];
    const records = pages[Number(page)] ?? [];
    const isLast = pages[Number(page) + 1] === 'closed';
    return {
      records: records === 'closed' ? [] : records,
      nextIterator: isLast ? undefined : `${shardId} ${Number(page) + 1}`,
    };
  },
});

const isCounted = (shards: Parameters<typeof readerOf>[0], checkpoints: Record<string, number>) => {
  const entries = Object.entries(checkpoints).map(
    ([shardId, sequence]) =>
      [shardId, { sequence: parseSequenceNumber(`${sequence}`) as SequenceNumber, at: 1 }] as const,
  );
  const counter = { ...EMPTY_COUNTER, checkpoints: new Map(entries) };
  return createIsCounted({
    reader: readerOf(shards),
    readCounters: async () => onlySite(counter),
    sleep: async () => undefined,
  })(UNTIL_MS);
};

describe('whether a stream is counted until an instant', () => {
  it.each([
    { what: 'it is empty', shards: {}, checkpoints: {}, expected: true },
    {
      what: 'a visit is uncounted',
      shards: { a: [[record(1, 'INSERT')]] },
      checkpoints: {},
      expected: false,
    },
    {
      what: 'the checkpoint covers it',
      shards: { a: [[record(1, 'INSERT')]] },
      checkpoints: { a: 1 },
      expected: true,
    },
    {
      what: 'a deletion is uncounted',
      shards: { a: [[record(10, 'REMOVE')]] },
      checkpoints: { a: 9 },
      expected: false,
    },
    {
      what: 'only an update follows, which is never counted',
      shards: { a: [[record(1, 'MODIFY')]] },
      checkpoints: {},
      expected: true,
    },
    {
      what: 'only a later visit is uncounted',
      shards: { a: [[record(1, 'INSERT', -1)]] },
      checkpoints: {},
      expected: true,
    },
    {
      what: 'a visit follows empty pages',
      shards: { a: [[], [], [], [record(1, 'INSERT')]] },
      checkpoints: {},
      expected: false,
    },
    {
      what: 'a visit follows more empty pages than are read of an open shard',
      shards: { a: [[], [], [], [], [record(1, 'INSERT')]] },
      checkpoints: {},
      expected: true,
    },
    {
      what: 'a visit follows as many empty pages that are not consecutive',
      shards: { a: [[], [], [record(1, 'MODIFY')], [], [], [record(2, 'INSERT')]] },
      checkpoints: {},
      expected: false,
    },
    {
      what: 'a visit of exactly that instant is uncounted',
      shards: { a: [[record(1, 'INSERT', 0)]] },
      checkpoints: {},
      expected: false,
    },
    {
      what: 'a visit follows any number of empty pages of a closed shard',
      shards: {
        parent: [...Array.from({ length: 50 }, () => []), [record(1, 'INSERT')], 'closed' as const],
        child: [],
      },
      checkpoints: {},
      expected: false,
    },
    {
      what: 'one of two shards is uncounted',
      shards: { a: [[record(1, 'INSERT')]], b: [[record(1, 'INSERT')], 'closed' as const] },
      checkpoints: { a: 1 },
      expected: false,
    },
    {
      what: 'a visit follows an update of exactly that instant',
      shards: { a: [[record(1, 'MODIFY', 0)], [record(2, 'INSERT', 0)]] },
      checkpoints: {},
      expected: false,
    },
    {
      what: 'records without content, number or time follow, which are never counted',
      shards: {
        a: [
          [{ eventName: 'INSERT' as const }],
          [{ ...record(1, 'INSERT'), dynamodb: { ApproximateCreationDateTime: new Date(1_000) } }],
          [{ ...record(1, 'INSERT'), dynamodb: { SequenceNumber: '1' } }],
        ],
      },
      checkpoints: {},
      expected: true,
    },
    {
      what: 'a closed shard is counted',
      shards: { a: [[record(1, 'INSERT')], 'closed' as const] },
      checkpoints: { a: 1 },
      expected: true,
    },
  ])('is $expected when $what', async ({ shards, checkpoints, expected }) => {
    expect(await isCounted(shards, checkpoints)).toBe(expected);
  });

  it.each([
    { what: 'of the watermark’s second', ageSeconds: 1, expected: true },
    { what: 'of the next second', ageSeconds: 0, expected: false },
  ])('is $expected when only a record $what is uncounted', async ({ ageSeconds, expected }) => {
    const counter = { ...EMPTY_COUNTER, watermark: UNTIL_MS / 1_000 - 1 };
    const reader = readerOf({ a: [[record(1, 'INSERT', ageSeconds)]] });
    const dependencies = {
      reader,
      readCounters: async () => onlySite(counter),
      sleep: async () => undefined,
    };
    expect(await createIsCounted(dependencies)(UNTIL_MS)).toBe(expected);
  });

  it('is known even after the record of the checkpoint was trimmed', async () => {
    const original = readerOf({ a: [[record(7, 'INSERT')]] });
    const reader: typeof original = {
      ...original,
      openShard: async (shardId, position) => {
        if (position !== 'start') throw new Error('TrimmedDataAccessException');
        return original.openShard(shardId, position);
      },
    };
    for (const [sequence, expected] of [
      [6, false],
      [7, true],
    ] as const) {
      const checkpoint = { sequence: parseSequenceNumber(`${sequence}`) as SequenceNumber, at: 1 };
      const counter = { ...EMPTY_COUNTER, checkpoints: new Map([['a', checkpoint]]) };
      const dependencies = {
        reader,
        readCounters: async () => onlySite(counter),
        sleep: async () => undefined,
      };
      expect(await createIsCounted(dependencies)(UNTIL_MS)).toBe(expected);
    }
  });

  it('depends on the records after the checkpoint, however far it is from the start', async () => {
    const original = readerOf({ a: [[], [], [], [], [record(2, 'INSERT')]] });
    const openShard: typeof original.openShard = async (shardId, position) =>
      `${shardId} ${position === 'start' ? 0 : 4}`;
    const checkpoint = { sequence: parseSequenceNumber('1') as SequenceNumber, at: 1 };
    const dependencies = {
      reader: { ...original, openShard },
      readCounters: async () =>
        onlySite({ ...EMPTY_COUNTER, checkpoints: new Map([['a', checkpoint]]) }),
      sleep: async () => undefined,
    };
    expect(await createIsCounted(dependencies)(UNTIL_MS)).toBe(false);
  });

  it('is known as soon as a later record is read, because a busy shard has no end', async () => {
    let pages = 0;
    const reader: StreamProgressDependencies['reader'] = {
      ...readerOf({ a: [] }),
      readRecords: async () => {
        pages += 1;
        if (pages > 10) throw new Error('it reads on');
        return { records: [record(pages, 'INSERT', -1)], nextIterator: 'next' };
      },
    };
    const dependencies = {
      reader,
      readCounters: async () => onlySite(EMPTY_COUNTER),
      sleep: async () => 0,
    };
    expect(await createIsCounted(dependencies)(UNTIL_MS)).toBe(true);
  });

  it('is read with a pause between pages, which leaves Lambda its reads, and none at the end', async () => {
    let nowMs = 0;
    let lastMs = Number.NEGATIVE_INFINITY;
    const original = readerOf({ a: [[record(1, 'MODIFY')], [], [record(2, 'MODIFY')], 'closed'] });
    const reader: typeof original = {
      ...original,
      readRecords: async (iterator) => {
        if (nowMs - lastMs < 200) throw new Error('ProvisionedThroughputExceededException');
        lastMs = nowMs;
        return original.readRecords(iterator);
      },
    };
    const sleep = async (ms: number): Promise<void> => {
      nowMs += ms;
    };
    const dependencies = { reader, readCounters: async () => onlySite(EMPTY_COUNTER), sleep };
    expect(await createIsCounted(dependencies)(UNTIL_MS)).toBe(true);
    expect(nowMs).toBe(lastMs);
  });
});

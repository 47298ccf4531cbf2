import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from 'vitest';
import {
  createIsCounted,
  type StreamProgressDependencies,
} from '../../src/audit/stream-progress.ts';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { parseSequenceNumber } from '../../src/domain/sequence-number.ts';
import { apiRecord as record, UNTIL_MS } from '../support/api-records.ts';

const onlySite = (counter: Counter) => new Map([[SITE, counter]]);

describe('whether a stream of several counters is counted until an instant', () => {
  const of = (counter: string, record: _Record): _Record => ({
    ...record,
    dynamodb: {
      ...record.dynamodb,
      [record.eventName === 'REMOVE' ? 'OldImage' : 'NewImage']: { counter_name: { S: counter } },
    },
  });
  const counterAt = (sequence: number | undefined, watermark = 0): Counter => {
    const parsed = parseSequenceNumber(`${sequence}`);
    const checkpoints = parsed === undefined ? [] : [['a', { sequence: parsed, at: 1 }] as const];
    return { ...EMPTY_COUNTER, checkpoints: new Map(checkpoints), watermark };
  };

  /** A reader that opens the shard `a` after a position, as the API does. */
  const shardOf = (records: readonly _Record[]): StreamProgressDependencies['reader'] => ({
    listShards: async () => [{ shardId: 'a', parentShardId: undefined }],
    openShard: async (_shardId, position) => {
      const last = position === 'start' ? 0n : BigInt(position);
      return `${records.filter(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0) <= last).length}`;
    },
    readRecords: async (iterator) => ({
      records: records.slice(Number(iterator), Number(iterator) + 1),
      nextIterator: `${Math.min(Number(iterator) + 1, records.length)}`,
    }),
  });

  const isCountedBy = (
    counters: Record<string, Counter>,
    records: readonly _Record[],
    names: readonly string[] = [],
  ) =>
    createIsCounted({
      reader: shardOf(records),
      readCounters: async () => new Map(Object.entries(counters)),
      sleep: async () => undefined,
    })(UNTIL_MS, names);

  it.each([
    { what: 'each has its own checkpoint', blog: counterAt(1), site: counterAt(2), expected: true },
    {
      what: 'a record before the checkpoint of the site is not',
      blog: counterAt(0),
      site: counterAt(2),
      expected: false,
    },
    {
      what: 'a counter has no checkpoint in the shard',
      blog: counterAt(undefined),
      site: counterAt(2),
      expected: false,
    },
    {
      what: 'the record of the site is not',
      blog: counterAt(1),
      site: counterAt(1),
      expected: false,
    },
    {
      what: 'the watermark of its counter covers a record',
      blog: counterAt(undefined, UNTIL_MS / 1_000),
      site: counterAt(2),
      expected: true,
    },
    {
      what: 'only the watermark of another counter covers a record',
      blog: counterAt(undefined),
      site: counterAt(2, UNTIL_MS / 1_000),
      expected: false,
    },
  ])('is $expected when $what', async ({ blog, site, expected }) => {
    const records = [of('blog', record(1, 'INSERT')), record(2, 'INSERT')];
    expect(await isCountedBy({ blog, site }, records)).toBe(expected);
  });

  it('depends on the counter of the deleted row', async () => {
    const records = [of('blog', record(1, 'REMOVE')), record(2, 'INSERT')];
    expect(await isCountedBy({ blog: counterAt(0), site: counterAt(2) }, records)).toBe(false);
    expect(await isCountedBy({ blog: counterAt(1), site: counterAt(2) }, records)).toBe(true);
  });

  it('depends on a counter without an item only if its name is given', async () => {
    const records = [of('new', record(1, 'INSERT')), record(2, 'INSERT')];
    const counters = { site: counterAt(2) };
    expect(await isCountedBy(counters, records)).toBe(true);
    expect(await isCountedBy(counters, records, ['site', 'new'])).toBe(false);
  });

  describe('asked again', () => {
    const records = [
      record(1, 'INSERT'),
      of('blog', record(2, 'INSERT')),
      record(3, 'INSERT'),
      of('new', record(4, 'INSERT')),
    ];

    /** Asks again and again, with the counters of the moment; returns the answer and the records that were read. */
    const askRepeatedly = () => {
      let read: unknown[] = [];
      let counters: Record<string, Counter> = {};
      const reader = shardOf(records);
      const isCountedNow = createIsCounted({
        reader: {
          ...reader,
          readRecords: async (iterator) => {
            const page = await reader.readRecords(iterator);
            read.push(...page.records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber)));
            return page;
          },
        },
        readCounters: async () => new Map(Object.entries(counters)),
        sleep: async () => undefined,
      });
      return async (now: Record<string, Counter>, names: readonly string[] = []) => {
        counters = now;
        read = [];
        return { isCounted: await isCountedNow(UNTIL_MS, names), read };
      };
    };

    it('is read on from the records that were counted, although a quiet counter is far behind', async () => {
      const ask = askRepeatedly();
      const blog = counterAt(2);
      const quiet = counterAt(undefined);
      expect(await ask({ site: counterAt(2), blog, quiet })).toEqual({
        ...{ isCounted: false, read: [1, 2, 3] },
      });
      expect(await ask({ site: counterAt(2), blog, quiet })).toEqual({
        ...{ isCounted: false, read: [3] },
      });
      expect(await ask({ site: counterAt(3), blog, quiet })).toEqual({
        ...{ isCounted: true, read: [3, 4] },
      });
      expect(await ask({ site: counterAt(3), blog, quiet })).toEqual({
        ...{ isCounted: true, read: [] },
      });
    });

    it('is read again for a counter that was not known', async () => {
      const ask = askRepeatedly();
      expect((await ask({ site: counterAt(3) })).isCounted).toBe(true);
      expect((await ask({ site: counterAt(3) }, ['new'])).isCounted).toBe(false);
      expect((await ask({ site: counterAt(3), new: counterAt(4) }, ['new'])).isCounted).toBe(true);
      expect((await ask({ site: counterAt(3), new: counterAt(4) }, ['blog'])).isCounted).toBe(
        false,
      );
    });
  });

  it('needs only the records after the checkpoint of the only counter', async () => {
    const opened: string[] = [];
    const reader = shardOf([record(1, 'INSERT'), record(2, 'INSERT')]);
    await createIsCounted({
      reader: {
        ...reader,
        openShard: async (shardId, position) => {
          opened.push(position);
          return reader.openShard(shardId, position);
        },
      },
      readCounters: async () => onlySite(counterAt(2)),
      sleep: async () => undefined,
    })(UNTIL_MS, ['site']);
    expect(opened).toEqual(['000000000000000000002']);
  });
});

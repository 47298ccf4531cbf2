import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startEventSourceMapping } from '../../../src/local/event-source/event-source-mapping.ts';
import {
  createInMemoryShardPositions,
  type InMemoryShardPositions,
  type ShardPositions,
} from '../../../src/local/event-source/shard-positions.ts';
import type { ProjectorHandler } from '../../../src/projector/projector-handler.ts';
import { positionAfter } from '../../../src/tables/shard-position.ts';
import type { StreamReader } from '../../../src/tables/stream-reader.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import {
  createScriptedStream,
  namedError,
  recordOf,
  sdkRecord,
} from '../../support/scripted-stream.ts';

interface Setup {
  readonly positions?: InMemoryShardPositions;
  readonly beforeAnswer?: (delivery: number) => unknown;
}

const ANSWER = { state: {}, batchItemFailures: [] } as const;

const run = (reader: StreamReader, { positions, beforeAnswer }: Setup = {}) => {
  const delivered: string[] = [];
  const log = createKeptLog();
  const handler: ProjectorHandler = async ({ shardId, Records = [] }) => {
    const sequences = Records.map(({ dynamodb }) => dynamodb?.SequenceNumber);
    delivered.push(`${shardId}: ${sequences.join(' ')}`);
    return ((await beforeAnswer?.(delivered.length)) ?? ANSWER) as typeof ANSWER;
  };
  const kept = positions ?? createInMemoryShardPositions();
  const source = startEventSourceMapping({
    reader,
    streamArn: 'arn',
    handler,
    positions: kept,
    log,
  });
  onTestFinished(source.stop);
  return { delivered, log, positions: kept, stop: source.stop };
};

const untilDelivered = (delivered: string[], expected: string[]): Promise<void> =>
  vi.waitFor(() => expect(delivered).toEqual(expected), { timeout: 5_000, interval: 10 });

describe('the event source', () => {
  it('delivers a shard in order, page by page', async () => {
    const records = [1, 2, 3, 4, 5].map((number) => sdkRecord(number));
    const { delivered } = run(createScriptedStream({ a: { records } }));
    await untilDelivered(delivered, ['a: 1 2', 'a: 3 4', 'a: 5']);
  });

  it('brings the whole batch again until the handler returns', async () => {
    const records = [1, 2, 3].map((number) => sdkRecord(number));
    const { delivered, log } = run(createScriptedStream({ a: { records } }), {
      beforeAnswer: (delivery) => {
        if (delivery <= 2) throw new Error('not now');
      },
    });
    await untilDelivered(delivered, ['a: 1 2', 'a: 1 2', 'a: 1 2', 'a: 3']);
    expect(log.lines).toEqual(
      Array(2).fill(['A batch of a failed and is retried', new Error('not now')]),
    );
  });

  it.each(['ResourceNotFoundException', 'TrimmedDataAccessException', 'ExpiredIteratorException'])(
    'takes a %s of the handler for a failed batch, not for a word of the stream',
    async (name) => {
      const records = [1, 2, 3].map((number) => sdkRecord(number));
      const { delivered, positions } = run(createScriptedStream({ a: { records } }), {
        beforeAnswer: (delivery) => {
          if (delivery === 1) throw namedError(name);
        },
      });
      await untilDelivered(delivered, ['a: 1 2', 'a: 1 2', 'a: 3']);
      await vi.waitFor(() => expect(positions.get('a')).toBe('3'));
    },
  );

  it('starts again behind what was kept when a position could not be', async () => {
    const positions = createInMemoryShardPositions();
    let failures = 1;
    const set: ShardPositions['set'] = (shardId, position) => {
      if (failures-- > 0) throw new Error('no space left on device');
      positions.set(shardId, position);
    };
    const records = [1, 2, 3].map((number) => sdkRecord(number));
    const { delivered, log } = run(createScriptedStream({ a: { records } }), {
      positions: { ...positions, set },
    });
    await untilDelivered(delivered, ['a: 1 2', 'a: 1 2', 'a: 3']);
    expect(log.lines).toEqual([
      ['The consumer of a failed and restarts', new Error('no space left on device')],
    ]);
  });

  it.each([{}, { state: {} }, { batchItemFailures: [] }, { state: {}, batchItemFailures: [{}] }])(
    'takes the answer %j for a failure, as Lambda does',
    async (answer) => {
      const { delivered } = run(createScriptedStream({ a: { records: [sdkRecord(1)] } }), {
        beforeAnswer: (delivery) => (delivery === 1 ? answer : ANSWER),
      });
      await untilDelivered(delivered, ['a: 1', 'a: 1']);
    },
  );

  it('goes on behind what was delivered before', async () => {
    const positions = createInMemoryShardPositions();
    positions.set('a', positionAfter('2'));
    const records = [1, 2, 3].map((number) => sdkRecord(number));
    const { delivered } = run(createScriptedStream({ a: { records } }), { positions });
    await untilDelivered(delivered, ['a: 3']);
  });

  it('delivers a child after its parent is delivered to its end, and its position stays', async () => {
    const shards = {
      child: { parent: 'parent', records: [sdkRecord(1)] },
      parent: { parent: 'long gone', records: [sdkRecord(8), sdkRecord(9)], closed: true },
    };
    const { delivered, positions } = run(createScriptedStream(shards));
    await untilDelivered(delivered, ['parent: 8 9', 'child: 1']);
    await vi.waitFor(() => expect(positions.get('child')).toBe('1'));
    expect(positions.get('parent')).toBe('finished');
  });

  it('leaves out what the mapping filters, and passes it', async () => {
    const records = [sdkRecord(1, 'MODIFY'), sdkRecord(2, 'MODIFY'), sdkRecord(3, 'REMOVE')];
    const { delivered, positions } = run(createScriptedStream({ a: { records } }));
    await untilDelivered(delivered, ['a: 3']);
    await vi.waitFor(() => expect(positions.get('a')).toBe('3'));
  });

  it('opens an expired iterator anew without a word', async () => {
    const stream = createScriptedStream({ a: { records: [sdkRecord(1)] } }, [
      namedError('ExpiredIteratorException'),
    ]);
    const { delivered, log } = run(stream);
    await untilDelivered(delivered, ['a: 1']);
    expect(log.lines).toEqual([]);
  });

  it('tells of a gap when records were trimmed, and goes on from the oldest', async () => {
    const positions = createInMemoryShardPositions();
    positions.set('a', positionAfter('7'));
    const stream = createScriptedStream({ a: { records: [sdkRecord(7)] } }, [
      namedError('TrimmedDataAccessException'),
    ]);
    const { delivered, log } = run(stream, { positions });
    await untilDelivered(delivered, ['a: 7']);
    expect(log.lines).toEqual([
      [expect.stringMatching(/^A gap in a: the stream lost records .* counter -- rebuild/)],
    ]);
  });

  it('tells of a gap when a shard left the stream', async () => {
    const stream = createScriptedStream({ a: { records: [] } }, [
      namedError('ResourceNotFoundException'),
    ]);
    const { log, positions } = run(stream);
    await vi.waitFor(() => expect(positions.get('a')).toBe('finished'));
    expect(log.lines).toEqual([
      [expect.stringMatching(/^A gap: a left the stream before .* counter -- rebuild/)],
    ]);
  });

  it('goes on when the stream cannot be listed for a while', async () => {
    const stream = createScriptedStream({ a: { records: [sdkRecord(1)] } });
    let failures = 1;
    const listShards: StreamReader['listShards'] = async () => {
      if (failures-- > 0) throw new Error('away');
      return stream.listShards();
    };
    const { delivered } = run({ ...stream, listShards });
    await untilDelivered(delivered, ['a: 1']);
  });

  it.each([
    { what: 'the record that was delivered last is gone', numbers: [8, 9], says: /^A gap in a: / },
    { what: 'the stream ends before it', numbers: [1, 2], says: /restored or replaced/ },
    { what: 'the stream is empty', numbers: [], says: /restored or replaced/ },
  ])('begins at the start and says so when $what', async ({ numbers, says }) => {
    const positions = createInMemoryShardPositions();
    positions.set('a', positionAfter('7'));
    const records = numbers.map((number) => sdkRecord(number));
    const { delivered, log } = run(createScriptedStream({ a: { records } }), { positions });
    const expected = numbers.length > 0 ? [`a: ${numbers.join(' ')}`] : [];
    await vi.waitFor(() => expect(log.lines).toEqual([[expect.stringMatching(says)]]));
    await untilDelivered(delivered, expected);
  });

  it('says once that a stream does not go on, though its start cannot be read at once', async () => {
    const positions = createInMemoryShardPositions();
    positions.set('a', positionAfter('7'));
    const faults = [1, 2, 3].map(() => namedError('ExpiredIteratorException'));
    const stream = createScriptedStream({ a: { records: [sdkRecord(1)] } }, faults);
    const { delivered, log } = run(stream, { positions });
    await untilDelivered(delivered, ['a: 1']);
    expect(log.lines).toHaveLength(1);
  });

  it('takes the number of a record for another one when that is younger', async () => {
    const positions = createInMemoryShardPositions();
    positions.set('a', positionAfter('1'));
    const reachedMs = Date.now() - 3_600_000;
    const find: ShardPositions['find'] = async (shardId) => ({
      ...(await positions.find(shardId)),
      reachedMs,
    });
    const { delivered, log } = run(
      createScriptedStream({ a: { records: [recordOf(1, Date.now()), sdkRecord(2)] } }),
      { positions: { ...positions, find } },
    );
    await untilDelivered(delivered, ['a: 1 2']);
    expect(log.lines).toEqual([[expect.stringContaining('restored or replaced')]]);
  });

  it('takes an unknown number, as DynamoDB Local refuses it, for a replaced stream', async () => {
    const positions = createInMemoryShardPositions();
    positions.set('a', positionAfter('7'));
    const findRecord = async () => {
      throw namedError('ValidationException');
    };
    const stream = createScriptedStream({ a: { records: [sdkRecord(1)] } });
    const { delivered, log } = run({ ...stream, findRecord }, { positions });
    await untilDelivered(delivered, ['a: 1']);
    expect(log.lines).toEqual([[expect.stringContaining('restored or replaced')]]);
  });

  it.each(['ResourceNotFoundException', 'TrimmedDataAccessException', 'ExpiredIteratorException'])(
    'takes a %s of the positions for no word of the stream, and asks again',
    async (name) => {
      const positions = createInMemoryShardPositions();
      let failures = 1;
      const find: ShardPositions['find'] = async (shardId) => {
        if (failures-- > 0) throw namedError(name);
        return positions.find(shardId);
      };
      const { delivered, log } = run(createScriptedStream({ a: { records: [sdkRecord(1)] } }), {
        positions: { ...positions, find },
      });
      await untilDelivered(delivered, ['a: 1']);
      expect(log.lines).toEqual([
        ['Cannot read a; opening it again', new Error('Cannot read the position of a')],
      ]);
    },
  );

  it('ends the request that hangs when it stops, without a word', async () => {
    const stream = createScriptedStream({ a: { records: [] } });
    const hanging = { requests: 0 };
    const hang = async (signal: AbortSignal | undefined): Promise<never> => {
      hanging.requests += 1;
      await once(signal as AbortSignal, 'abort');
      hanging.requests -= 1;
      throw namedError('AbortError');
    };
    const readRecords: StreamReader['readRecords'] = (_, signal) => hang(signal);
    let lists = 0;
    const listShards: StreamReader['listShards'] = (signal) =>
      lists++ === 0 ? stream.listShards() : hang(signal);
    const { log, stop } = run({ ...stream, listShards, readRecords });
    await vi.waitFor(() => expect(hanging.requests).toBe(2), { timeout: 5_000 });
    await stop();
    expect(hanging.requests).toBe(0);
    expect(log.lines).toEqual([]);
  });

  it('leaves a batch alone that hangs when it stops', async () => {
    const { delivered, positions, stop } = run(
      createScriptedStream({ a: { records: [sdkRecord(1)] } }),
      { beforeAnswer: () => new Promise(() => undefined) },
    );
    await untilDelivered(delivered, ['a: 1']);
    const startedMs = Date.now();
    await stop();
    expect(Date.now() - startedMs).toBeLessThan(4_000);
    expect(positions.get('a')).toBe('start');
  });

  it('lets the running batch end before it stops', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { delivered, positions, stop } = run(
      createScriptedStream({ a: { records: [sdkRecord(1)] } }),
      { beforeAnswer: () => held },
    );
    await untilDelivered(delivered, ['a: 1']);
    const stopped = stop();
    release();
    await stopped;
    expect(positions.get('a')).toBe('1');
  });
});

import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startEventSourceMapping } from '../../../src/local/event-source/event-source-mapping.ts';
import {
  DEFAULT_TIMING,
  type MappingTiming,
} from '../../../src/local/event-source/mapping-timing.ts';
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
  readonly timing?: MappingTiming;
  readonly respond?: (delivery: number) => unknown;
}

// Short waits in the proportions of the real ones.
const FAST: MappingTiming = {
  ...{ discoveryMs: 20, pollMs: 5, reopenMinMs: 5, reopenMaxMs: 40 },
  ...{ retryMinMs: 5, retryMaxMs: 50, stopMs: 2_000 },
};

const SUCCESS = { state: {}, batchItemFailures: [] } as const;

const run = (reader: StreamReader, { positions, respond, timing = FAST }: Setup = {}) => {
  const delivered: string[] = [];
  const log = createKeptLog();
  const handler: ProjectorHandler = async ({ shardId, Records = [] }) => {
    const sequences = Records.map(({ dynamodb }) => dynamodb?.SequenceNumber);
    delivered.push(`${shardId}: ${sequences.join(' ')}`);
    return ((await respond?.(delivered.length)) ?? SUCCESS) as typeof SUCCESS;
  };
  const kept = positions ?? createInMemoryShardPositions();
  const source = startEventSourceMapping({
    reader,
    streamArn: 'arn',
    handler,
    positions: kept,
    log,
    timing,
  });
  onTestFinished(source.stop);
  return { delivered, log, positions: kept, stop: source.stop };
};

const untilDelivered = (delivered: string[], expected: string[]): Promise<void> =>
  vi.waitFor(() => expect(delivered).toEqual(expected), { timeout: 5_000, interval: 10 });

describe('the event source mapping', () => {
  it('delivers a shard in order, page by page', async () => {
    const records = [1, 2, 3, 4, 5].map((number) => sdkRecord(number));
    const stream = createScriptedStream({ a: { records } });
    const { delivered } = run(stream, { timing: DEFAULT_TIMING });
    await untilDelivered(delivered, ['a: 1 2', 'a: 3 4', 'a: 5']);
  });

  it('retries the whole batch until the handler succeeds', async () => {
    const records = [1, 2, 3].map((number) => sdkRecord(number));
    const { delivered, log } = run(createScriptedStream({ a: { records } }), {
      respond: (delivery) => {
        if (delivery <= 2) throw new Error('not now');
      },
      timing: DEFAULT_TIMING,
    });
    await untilDelivered(delivered, ['a: 1 2', 'a: 1 2', 'a: 1 2', 'a: 3']);
    expect(log.lines).toEqual(
      Array(2).fill(['A batch of a failed and is retried', new Error('not now')]),
    );
  });

  it.each(['ResourceNotFoundException', 'TrimmedDataAccessException', 'ExpiredIteratorException'])(
    'treats a %s of the handler as a failed batch, not as an error of the stream',
    async (name) => {
      const records = [1, 2, 3].map((number) => sdkRecord(number));
      const { delivered, positions } = run(createScriptedStream({ a: { records } }), {
        respond: (delivery) => {
          if (delivery === 1) throw namedError(name);
        },
      });
      await untilDelivered(delivered, ['a: 1 2', 'a: 1 2', 'a: 3']);
      await vi.waitFor(() => expect(positions.get('a')).toBe('3'));
    },
  );

  it('restarts at the stored position after one could not be stored', async () => {
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
    'treats the response %j as a failure, as Lambda does',
    async (response) => {
      const { delivered } = run(createScriptedStream({ a: { records: [sdkRecord(1)] } }), {
        respond: (delivery) => (delivery === 1 ? response : SUCCESS),
      });
      await untilDelivered(delivered, ['a: 1', 'a: 1']);
    },
  );

  it('resumes after the last delivered record', async () => {
    const positions = createInMemoryShardPositions();
    positions.set('a', positionAfter('2'));
    const records = [1, 2, 3].map((number) => sdkRecord(number));
    const { delivered } = run(createScriptedStream({ a: { records } }), { positions });
    await untilDelivered(delivered, ['a: 3']);
  });

  it('delivers a child after its finished parent, and keeps its position', async () => {
    const shards = {
      child: { parent: 'parent', records: [sdkRecord(1)] },
      parent: { parent: 'long gone', records: [sdkRecord(8), sdkRecord(9)], closed: true },
    };
    const { delivered, positions } = run(createScriptedStream(shards));
    await untilDelivered(delivered, ['parent: 8 9', 'child: 1']);
    await vi.waitFor(() => expect(positions.get('child')).toBe('1'));
    expect(positions.get('parent')).toBe('finished');
  });

  it('skips records that the filter excludes, and moves past them', async () => {
    const records = [sdkRecord(1, 'MODIFY'), sdkRecord(2, 'MODIFY'), sdkRecord(3, 'REMOVE')];
    const { delivered, positions } = run(createScriptedStream({ a: { records } }));
    await untilDelivered(delivered, ['a: 3']);
    await vi.waitFor(() => expect(positions.get('a')).toBe('3'));
  });

  it('replaces an expired iterator without logging anything', async () => {
    const stream = createScriptedStream({ a: { records: [sdkRecord(1)] } }, [
      namedError('ExpiredIteratorException'),
    ]);
    const { delivered, log } = run(stream, { timing: DEFAULT_TIMING });
    await untilDelivered(delivered, ['a: 1']);
    expect(log.lines).toEqual([]);
  });

  it('reports a gap when records were trimmed, and continues from the oldest', async () => {
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

  it('reports a gap when a shard left the stream', async () => {
    const stream = createScriptedStream({ a: { records: [] } }, [
      namedError('ResourceNotFoundException'),
    ]);
    const { log, positions } = run(stream);
    await vi.waitFor(() => expect(positions.get('a')).toBe('finished'));
    expect(log.lines).toEqual([
      [expect.stringMatching(/^A gap: a left the stream before .* counter -- rebuild/)],
    ]);
  });

  it('continues after the shards could not be listed', async () => {
    const stream = createScriptedStream({ a: { records: [sdkRecord(1)] } });
    let failures = 1;
    const listShards: StreamReader['listShards'] = async () => {
      if (failures-- > 0) throw new Error('away');
      return stream.listShards();
    };
    const { delivered } = run({ ...stream, listShards }, { timing: DEFAULT_TIMING });
    await untilDelivered(delivered, ['a: 1']);
  });

  it.each([
    { what: 'the last delivered record is gone', numbers: [8, 9], says: /^A gap in a: / },
    { what: 'the stream ends before it', numbers: [1, 2], says: /restored or replaced/ },
    { what: 'the stream is empty', numbers: [], says: /restored or replaced/ },
  ])('restarts at the trim horizon and reports it when $what', async ({ numbers, says }) => {
    const positions = createInMemoryShardPositions();
    positions.set('a', positionAfter('7'));
    const records = numbers.map((number) => sdkRecord(number));
    const { delivered, log } = run(createScriptedStream({ a: { records } }), { positions });
    const expected = numbers.length > 0 ? [`a: ${numbers.join(' ')}`] : [];
    await vi.waitFor(() => expect(log.lines).toEqual([[expect.stringMatching(says)]]));
    await untilDelivered(delivered, expected);
  });

  it('reports a discontinuity once, even if the start cannot be read at first', async () => {
    const positions = createInMemoryShardPositions();
    positions.set('a', positionAfter('7'));
    const faults = [1, 2, 3].map(() => namedError('ExpiredIteratorException'));
    const stream = createScriptedStream({ a: { records: [sdkRecord(1)] } }, faults);
    const { delivered, log } = run(stream, { positions });
    await untilDelivered(delivered, ['a: 1']);
    expect(log.lines).toHaveLength(1);
  });

  it('recognizes another record with the same number by its later time', async () => {
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

  it('treats a number that DynamoDB Local rejects as a sign of a replaced stream', async () => {
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
    'does not mistake a %s of the positions for one of the stream, and retries',
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

  it('aborts a hanging request when it stops, without logging anything', async () => {
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

  it('abandons a hanging batch after two seconds when it stops', async () => {
    const { delivered, positions, stop } = run(
      createScriptedStream({ a: { records: [sdkRecord(1)] } }),
      { respond: () => new Promise(() => undefined), timing: DEFAULT_TIMING },
    );
    await untilDelivered(delivered, ['a: 1']);
    const startedMs = Date.now();
    await stop();
    expect(Date.now() - startedMs).toBeLessThan(4_000);
    expect(positions.get('a')).toBe('start');
  });

  it('finishes the running batch before it stops', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { delivered, positions, stop } = run(
      createScriptedStream({ a: { records: [sdkRecord(1)] } }),
      { respond: () => held },
    );
    await untilDelivered(delivered, ['a: 1']);
    const stopped = stop();
    release();
    await stopped;
    expect(positions.get('a')).toBe('1');
  });
});

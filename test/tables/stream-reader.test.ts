import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Position, positionAfter } from '../../src/tables/shard-position.ts';
import { createStreamReader } from '../../src/tables/stream-reader.ts';
import { useDatabase } from '../support/embedded-database.ts';

const PAGES = [
  { Shards: [{ ShardId: 'a' }, { ShardId: 'b', ParentShardId: 'a' }], LastEvaluatedShardId: 'b' },
  { Shards: [], LastEvaluatedShardId: 'b' },
  { Shards: [{ ShardId: 'c', ParentShardId: 'b' }] },
];

it('lists the shards of every page, in order, each with its parent', async () => {
  const pages = [...PAGES];
  const starts: unknown[] = [];
  const send = async (command: unknown) => {
    if (command instanceof DescribeStreamCommand) starts.push(command.input.ExclusiveStartShardId);
    return { StreamDescription: pages.shift() };
  };
  const reader = createStreamReader({ send } as unknown as DynamoDBStreamsClient, 'arn');
  expect(await reader.listShards()).toEqual([
    { shardId: 'a', parentShardId: undefined },
    { shardId: 'b', parentShardId: 'a' },
    { shardId: 'c', parentShardId: 'b' },
  ]);
  expect(starts).toEqual([undefined, 'b', 'b']);
});

it.each([{}, { StreamDescription: {} }, { StreamDescription: { Shards: [{}] } }])(
  'lists no shards when DynamoDB returns none: %j',
  async (answer) => {
    const send = async () => answer;
    const reader = createStreamReader({ send } as unknown as DynamoDBStreamsClient, 'arn');
    expect(await reader.listShards()).toEqual([]);
  },
);

it('throws when DynamoDB returns no iterator, and names the shard', async () => {
  const send = async () => ({});
  const reader = createStreamReader({ send } as unknown as DynamoDBStreamsClient, 'arn');
  await expect(reader.openShard('shard-a', 'start')).rejects.toThrow('no iterator for shard-a');
});

it('requests the start by name and other positions by number, which is all that DynamoDB accepts', async () => {
  const send = async (command: unknown) => {
    const { input } = command as GetShardIteratorCommand;
    const isStart =
      input.ShardIteratorType === 'TRIM_HORIZON' && input.SequenceNumber === undefined;
    if (isStart || /^\d{21,40}$/.test(input.SequenceNumber ?? '')) {
      return { ShardIterator: `${input.ShardIteratorType} ${input.SequenceNumber}` };
    }
    throw new Error('ValidationException');
  };
  const reader = createStreamReader({ send } as unknown as DynamoDBStreamsClient, 'arn');
  expect(await reader.openShard('shard-a', 'start')).toBe('TRIM_HORIZON undefined');
  const position = '7'.padStart(21, '0');
  expect(await reader.openShard('shard-a', positionAfter(position))).toBe(
    `AFTER_SEQUENCE_NUMBER ${position}`,
  );
});

it('treats a page without records as empty', async () => {
  const send = async () => ({ NextShardIterator: 'next' });
  const reader = createStreamReader({ send } as unknown as DynamoDBStreamsClient, 'arn');
  expect(await reader.readRecords('iterator')).toEqual({ records: [], nextIterator: 'next' });
});

describe('the first record at or after a position', () => {
  const record = (SequenceNumber: string) => ({ dynamodb: { SequenceNumber } });
  const readerOf = (pages: (object | undefined)[]) => {
    const send = async (command: unknown) => {
      if (command instanceof GetShardIteratorCommand) return { ShardIterator: 'iterator' };
      return pages.shift() ?? { Records: [record('late')], NextShardIterator: 'iterator' };
    };
    return createStreamReader({ send } as unknown as DynamoDBStreamsClient, 'arn');
  };
  const EMPTY = { Records: [], NextShardIterator: 'iterator' };
  const find = (...pages: object[]) => readerOf(pages).findRecord('a', positionAfter('7'));

  it.each([0, 3])('is found after %i empty pages', async (empty) => {
    expect(await find(...Array(empty).fill(EMPTY), { Records: [record('7')] })).toEqual(
      record('7'),
    );
  });

  it('is undefined after four empty pages', async () => {
    expect(await find(...Array(4).fill(EMPTY))).toBeUndefined();
  });

  it('is undefined when the shard ends', async () => {
    expect(await find({ Records: [] })).toBeUndefined();
  });
});

describe('of a database', () => {
  const database = useDatabase();

  it('finds the record itself, the next one when it was trimmed, and none at the end', async () => {
    const { client, streams, streamArn, tables } = database();
    for (let number = 1; number <= 12; number += 1) {
      const Item = { session_hash: `session-${number}` };
      await client.send(new PutCommand({ TableName: tables.SESSIONS_TABLE, Item }));
    }
    const reader = createStreamReader(streams, streamArn);
    const [shard] = await reader.listShards();
    const iterator = await reader.openShard(shard?.shardId ?? '', 'start');
    const { records } = await reader.readRecords(iterator);
    const last = records.at(-1)?.dynamodb?.SequenceNumber ?? '';
    const find = async (sequence: string) => {
      const first = await reader.findRecord(shard?.shardId ?? '', positionAfter(sequence));
      return first?.dynamodb?.SequenceNumber;
    };
    expect(await find(last.padStart(21, '0'))).toBe(last);
    expect(await find(records[8]?.dynamodb?.SequenceNumber ?? '')).toBe(
      records[8]?.dynamodb?.SequenceNumber,
    );
    // DynamoDB Local refuses an unknown number.
    if (!process.env.AWS_ENDPOINT_URL_DYNAMODB) {
      expect(await find(`${BigInt(last) + 1n}`)).toBeUndefined();
    }
  });

  it('reads from the first record, or after a given position', async () => {
    const { client, streams, streamArn, tables } = database();
    for (const session_hash of ['first', 'second', 'third']) {
      await client.send(
        new PutCommand({ TableName: tables.SESSIONS_TABLE, Item: { session_hash } }),
      );
    }
    const reader = createStreamReader(streams, streamArn);
    const [{ shardId } = { shardId: '' }] = await reader.listShards();
    const read = async (position: Position) => {
      const { records } = await reader.readRecords(await reader.openShard(shardId, position));
      return records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    };
    const [first = '', ...rest] = await read('start');
    expect(rest.length).toBeGreaterThan(1);
    expect(await read(positionAfter(first.padStart(21, '0')))).toEqual(rest);
  });

  it('stops immediately when its signal aborts', async () => {
    const { streams, streamArn } = database();
    const reader = createStreamReader(streams, streamArn);
    const [{ shardId } = { shardId: '' }] = await reader.listShards();
    const iterator = await reader.openShard(shardId, 'start');
    const over = AbortSignal.abort();
    const aborted = { name: 'AbortError' };
    await expect(reader.listShards(over)).rejects.toMatchObject(aborted);
    await expect(reader.openShard(shardId, 'start', over)).rejects.toMatchObject(aborted);
    await expect(reader.readRecords(iterator, over)).rejects.toMatchObject(aborted);
    const last = positionAfter('1'.padStart(21, '0'));
    await expect(reader.findRecord(shardId, last, over)).rejects.toMatchObject(aborted);
  });
});

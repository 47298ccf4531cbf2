import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
} from '@aws-sdk/client-dynamodb-streams';
import { expect, it } from 'vitest';
import { createStreamReader } from '../../../src/local/event-source/stream-reader.ts';

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

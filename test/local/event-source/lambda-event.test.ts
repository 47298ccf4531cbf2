import { expect, it } from 'vitest';
import { toLambdaEvent } from '../../../src/local/event-source/lambda-event.ts';

const origin = {
  streamArn: 'arn:stream',
  shardId: 'shard-a',
  nowMs: Date.parse('2026-11-23T18:07:00Z'),
};

it('has the shape of Lambda’s event for a tumbling window', () => {
  const record = {
    eventID: 'e1',
    eventName: 'REMOVE' as const,
    awsRegion: 'local',
    userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
    dynamodb: {
      ApproximateCreationDateTime: new Date('2026-11-23T18:06:59.900Z'),
      Keys: { session_hash: { S: 'hash' } },
      SequenceNumber: '7',
    },
  };
  expect(toLambdaEvent([record], origin)).toEqual({
    Records: [
      {
        eventID: 'e1',
        eventName: 'REMOVE',
        awsRegion: 'local',
        eventSourceARN: 'arn:stream',
        userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
        dynamodb: {
          ApproximateCreationDateTime: Date.parse('2026-11-23T18:06:59Z') / 1000,
          Keys: { session_hash: { S: 'hash' } },
          SequenceNumber: '7',
        },
      },
    ],
    shardId: 'shard-a',
    eventSourceARN: 'arn:stream',
    window: { start: '2026-11-23T18:00:00.000Z', end: '2026-11-23T18:15:00.000Z' },
    state: {},
    isFinalInvokeForWindow: false,
    isWindowTerminatedEarly: false,
  });
});

it('has no identity for a change by a client', () => {
  const { Records } = toLambdaEvent([{ eventID: 'e1', dynamodb: {} }], origin);
  expect(Records[0]).not.toHaveProperty('userIdentity');
});

import { PassThrough } from 'node:stream';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../../src/cli/clock.ts';
import { createConsole } from '../../src/cli/console/console.ts';
import { openRowReader } from '../../src/cli/row-reader.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { localConnection } from '../../src/local/database.ts';
import { createClient, LIMITS } from '../../src/runtime/aws-client.ts';
import { clientOf } from '../support/answering-dynamodb.ts';

it('compares the rows with a strongly consistent read of the counter', async () => {
  const Table = { LatestStreamArn: 'arn', KeySchema: [{ AttributeName: 'session_hash' }] };
  const client = await clientOf(({ ConsistentRead }) => ({
    Table,
    Items: [{ counter: { S: 'distinct_sessions' }, total: { N: ConsistentRead ? '8' : '7' } }],
  }));
  const streams = createClient(
    DynamoDBStreamsClient,
    LIMITS.streams,
    localConnection('http://[::1]'),
  );
  const target = { client, streams, sessionsTable: 'sessions', countsTable: 'counts' };
  const console = createConsole({ out: new PassThrough(), err: new PassThrough() }, true);
  const { signal } = new AbortController();
  const reader = await openRowReader(
    { ...target, settings: {}, name: 'counter' },
    { console, signal, clock: SYSTEM_CLOCK },
  );
  expect((await reader.readCounters()).get(SITE)).toMatchObject({ total: 8 });
});

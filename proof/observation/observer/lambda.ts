import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { createClient, LIMITS } from '../../../src/runtime/aws-client.ts';
import { createEntryPoint } from '../../../src/runtime/entry-point.ts';
import { createStreamReader } from '../../../src/tables/stream-reader.ts';
import { createObserver } from './observer-handler.ts';
import { FAILURE_RULES } from './plan-failure.ts';

// Directly to standard output: Lambda's log keeps a line of JSON as it is, but the console of Lambda's
// runtime would wrap it.
const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** The entry point on Lambda. */
export const handler = createEntryPoint(() => {
  const client = createClient(DynamoDBStreamsClient, LIMITS.otherServices);
  const { listShards } = createStreamReader(client, process.env.STREAM_ARN ?? '');
  return createObserver({
    ...{ write, now: Date.now, sleep, listShards, rules: FAILURE_RULES },
    container: randomUUID(),
  });
});

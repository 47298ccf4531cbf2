import { setTimeout as delay } from 'node:timers/promises';
import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { ProjectorHandler } from '../../projector/projector-handler.ts';
import { EVENT_SOURCE } from '../../tables/event-source-settings.ts';
import { positionAfter } from '../../tables/shard-position.ts';
import type { RecordsPage } from '../../tables/stream-reader.ts';
import { isBatchSuccess } from './batch-response.ts';
import { toLambdaEvent } from './lambda-event.ts';
import type { MappingTiming } from './mapping-timing.ts';
import {
  describeDiscontinuity,
  openShardIterator,
  REPAIR,
  type ShardIteratorOptions,
} from './open-shard-iterator.ts';

export interface ShardConsumerOptions extends ShardIteratorOptions {
  readonly streamArn: string;
  readonly handler: ProjectorHandler;
  readonly timing: MappingTiming;
}

/**
 * Delivers one shard to the handler as Lambda does: in order, batch by batch, retrying each until the
 * handler succeeds. Resolves when the shard is closed and delivered. Rejects when `signal` aborts or
 * a position cannot be stored; calling it again resumes there.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export const consumeShard = async (
  shardId: string,
  options: ShardConsumerOptions,
): Promise<void> => {
  const { positions, signal, timing } = options;
  let iterator: string | undefined;
  let reopenMs = timing.reopenMinMs;
  while (!positions.isFinished(shardId)) {
    signal.throwIfAborted();
    const page = await readPage(shardId, iterator, options);
    iterator = page?.nextIterator;
    if (page === undefined) {
      await delay(reopenMs, undefined, { signal });
      reopenMs = Math.min(reopenMs * 2, timing.reopenMaxMs);
    } else {
      await deliverPage(shardId, page, options);
      reopenMs = timing.reopenMinMs;
    }
  }
};

// Returns undefined after a failure. The next call then requests a new iterator, which also handles
// an expired one.
const readPage = async (
  shardId: string,
  iterator: string | undefined,
  options: ShardConsumerOptions,
): Promise<RecordsPage | undefined> => {
  const { reader, signal } = options;
  try {
    const current = iterator ?? (await openShardIterator(shardId, options));
    return await reader.readRecords(current, signal);
  } catch (error) {
    handleReadFailure(error, shardId, options);
    return undefined;
  }
};

const handleReadFailure = (
  error: unknown,
  shardId: string,
  { positions, log, signal }: ShardConsumerOptions,
): void => {
  const name = error instanceof Error ? error.name : '';
  if (signal.aborted) return;
  if (name === 'TrimmedDataAccessException') {
    log.error(describeDiscontinuity('trimmed', shardId));
    positions.set(shardId, 'start');
  } else if (name === 'ResourceNotFoundException') {
    log.error(`A gap: ${shardId} left the stream before it was delivered to its end. ${REPAIR}`);
    positions.set(shardId, 'finished');
  } else if (name !== 'ExpiredIteratorException') {
    log.error(`Cannot read ${shardId}; opening it again`, error as Error);
  }
};

const deliverPage = async (
  shardId: string,
  { records, nextIterator }: RecordsPage,
  options: ShardConsumerOptions,
): Promise<void> => {
  const { positions, signal, timing } = options;
  const batch = records.filter(({ eventName }) => matchesFilter(eventName));
  if (batch.length > 0) await deliverBatch(shardId, batch, options);
  const last = records.at(-1)?.dynamodb?.SequenceNumber;
  if (nextIterator === undefined) positions.set(shardId, 'finished');
  else if (last !== undefined) positions.set(shardId, positionAfter(last));
  else await delay(timing.pollMs, undefined, { signal });
};

const matchesFilter = (eventName: string | undefined): boolean =>
  EVENT_SOURCE.eventNames.some((name) => name === eventName);

// Retries the same batch after any error, because a skipped batch would be lost.
const deliverBatch = async (
  shardId: string,
  records: _Record[],
  { streamArn, handler, log, signal, timing }: ShardConsumerOptions,
): Promise<void> => {
  for (let pauseMs = timing.retryMinMs; ; pauseMs = Math.min(pauseMs * 2, timing.retryMaxMs)) {
    try {
      const event = toLambdaEvent(records, { streamArn, shardId, nowMs: Date.now() });
      assertBatchSuccess(await handler(event));
      return;
    } catch (error) {
      log.error(`A batch of ${shardId} failed and is retried`, error as Error);
      await delay(pauseMs, undefined, { signal });
    }
  }
};

const assertBatchSuccess = (response: unknown): void => {
  if (isBatchSuccess(response)) return;
  throw new TypeError('The handler must return { state: {}, batchItemFailures: [] }');
};

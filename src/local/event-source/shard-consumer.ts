import { setTimeout as delay } from 'node:timers/promises';
import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { ProjectorHandler } from '../../projector/projector-handler.ts';
import { EVENT_SOURCE } from '../../tables/event-source-settings.ts';
import { positionAfter } from '../../tables/shard-position.ts';
import type { RecordsPage } from '../../tables/stream-reader.ts';
import { isBatchSuccess } from './batch-response.ts';
import { toLambdaEvent } from './lambda-event.ts';
import {
  describeDiscontinuity,
  openShard,
  REPAIR,
  type ShardIteratorOptions,
} from './open-shard-iterator.ts';

export interface ShardConsumerOptions extends ShardIteratorOptions {
  readonly streamArn: string;
  readonly handler: ProjectorHandler;
}

const POLL_MS = 100;
const REOPEN_MIN_MS = 250;
const REOPEN_MAX_MS = 2_000;
const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 5_000;

/**
 * Delivers one shard to the handler as Lambda does: in order, batch by batch, each again and again
 * until the handler returns. Ends when the shard is closed and delivered. Rejects when `signal`
 * aborts or a position cannot be kept; whoever starts it anew goes on where it was.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export const consumeShard = async (
  shardId: string,
  delivery: ShardConsumerOptions,
): Promise<void> => {
  const { positions, signal } = delivery;
  let iterator: string | undefined;
  let reopenMs = REOPEN_MIN_MS;
  while (!positions.isFinished(shardId)) {
    signal.throwIfAborted();
    const page = await readPage(shardId, iterator, delivery);
    iterator = page?.nextIterator;
    if (page === undefined) {
      await delay(reopenMs, undefined, { signal });
      reopenMs = Math.min(reopenMs * 2, REOPEN_MAX_MS);
    } else {
      await takePage(shardId, page, delivery);
      reopenMs = REOPEN_MIN_MS;
    }
  }
};

// After a failure the shard is opened again, which also mends an expired iterator.
const readPage = async (
  shardId: string,
  iterator: string | undefined,
  delivery: ShardConsumerOptions,
): Promise<RecordsPage | undefined> => {
  const { reader, signal } = delivery;
  try {
    const current = iterator ?? (await openShard(shardId, delivery));
    return await reader.readRecords(current, signal);
  } catch (error) {
    handleReadFailure(error, shardId, delivery);
    return undefined;
  }
};

const handleReadFailure = (
  error: unknown,
  shardId: string,
  delivery: ShardConsumerOptions,
): void => {
  const { positions, log, signal } = delivery;
  const name = error instanceof Error ? error.name : '';
  if (signal.aborted) return;
  if (name === 'TrimmedDataAccessException') {
    log.error(describeDiscontinuity('trimmed', shardId));
    positions.set(shardId, 'start');
  } else if (name === 'ResourceNotFoundException') {
    log.error(`A gap: ${shardId} left the stream before it was delivered to its end. ${REPAIR}`);
    positions.set(shardId, 'finished');
  } else if (name !== 'ExpiredIteratorException') {
    log.error(`${shardId} cannot be read and is opened again`, error as Error);
  }
};

const takePage = async (
  shardId: string,
  { records, nextIterator }: RecordsPage,
  delivery: ShardConsumerOptions,
): Promise<void> => {
  const { positions, signal } = delivery;
  const wanted = records.filter(({ eventName }) => passesFilter(eventName));
  if (wanted.length > 0) await deliver(shardId, wanted, delivery);
  const last = records.at(-1)?.dynamodb?.SequenceNumber;
  if (nextIterator === undefined) positions.set(shardId, 'finished');
  else if (last !== undefined) positions.set(shardId, positionAfter(last));
  else await delay(POLL_MS, undefined, { signal });
};

const passesFilter = (eventName: string | undefined): boolean =>
  EVENT_SOURCE.eventNames.some((name) => name === eventName);

// Whatever the handler throws, the same batch comes again: to pass it would be to lose it.
const deliver = async (
  shardId: string,
  records: _Record[],
  { streamArn, handler, log, signal }: ShardConsumerOptions,
): Promise<void> => {
  for (let pauseMs = RETRY_MIN_MS; ; pauseMs = Math.min(pauseMs * 2, RETRY_MAX_MS)) {
    try {
      const event = toLambdaEvent(records, { streamArn, shardId, nowMs: Date.now() });
      assertStreamAnswer(await handler(event));
      return;
    } catch (error) {
      log.error(`A batch of ${shardId} failed and comes again`, error as Error);
      await delay(pauseMs, undefined, { signal });
    }
  }
};

const assertStreamAnswer = (answer: unknown): void => {
  if (isBatchSuccess(answer)) return;
  throw new TypeError('The handler must answer { state: {}, batchItemFailures: [] }');
};

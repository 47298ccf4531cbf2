import { setTimeout as delay } from 'node:timers/promises';
import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { Log } from '../../log.ts';
import { EVENT_SOURCE } from '../../projector/event-source-settings.ts';
import type { ProjectorHandler } from '../../projector/projector-handler.ts';
import { toLambdaEvent } from './lambda-event.ts';
import { type Positions, positionAfter } from './positions.ts';
import type { StreamReader } from './stream-reader.ts';

export interface ShardDelivery {
  readonly reader: StreamReader;
  readonly streamArn: string;
  readonly handler: ProjectorHandler;
  readonly positions: Positions;
  readonly log: Log;
  readonly signal: AbortSignal;
}

const POLL_MS = 100;
const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 5_000;

/**
 * Delivers one shard to the handler as Lambda does: in order, batch by batch, each again and again
 * until the handler returns. Ends when the shard is closed and delivered; rejects only when
 * `signal` aborts.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export const consumeShard = async (shardId: string, delivery: ShardDelivery): Promise<void> => {
  const { positions, signal } = delivery;
  const step = createStep(shardId, delivery);
  let failures = 0;
  while (positions.get(shardId) !== 'finished') {
    signal.throwIfAborted();
    try {
      await step();
      failures = 0;
    } catch (error) {
      signal.throwIfAborted();
      handleFailure(error, shardId, delivery);
      await delay(Math.min(RETRY_MIN_MS * 2 ** failures++, RETRY_MAX_MS), undefined, { signal });
    }
  }
};

// One read and its delivery. After any failure the shard is opened anew behind the last delivered
// record, which also mends an expired iterator, and the batch is cut anew.
const createStep = (shardId: string, { reader, positions, signal, ...rest }: ShardDelivery) => {
  let iterator: string | undefined;
  return async (): Promise<void> => {
    const current = iterator ?? (await reader.openShard(shardId, positions.get(shardId)));
    iterator = undefined;
    const { records, nextIterator } = await reader.readRecords(current);
    await deliver(shardId, records, { reader, positions, signal, ...rest });
    if (nextIterator === undefined) positions.set(shardId, 'finished');
    else if (records.length === 0) await delay(POLL_MS, undefined, { signal });
    iterator = nextIterator;
  };
};

const deliver = async (
  shardId: string,
  records: _Record[],
  { streamArn, handler, positions }: ShardDelivery,
): Promise<void> => {
  const last = records.at(-1)?.dynamodb?.SequenceNumber;
  if (last === undefined) return;
  const wanted = records.filter(({ eventName }) => passesFilter(eventName));
  if (wanted.length > 0) {
    const event = toLambdaEvent(wanted, { streamArn, shardId, nowMs: Date.now() });
    assertStreamAnswer(await handler(event));
  }
  positions.set(shardId, positionAfter(last));
};

const passesFilter = (eventName: string | undefined): boolean =>
  EVENT_SOURCE.eventNames.some((name) => name === eventName);

// Lambda takes anything else from a function behind a window for a failed batch.
const assertStreamAnswer = (answer: unknown): void => {
  const { state, batchItemFailures } = (answer ?? {}) as Record<string, unknown>;
  const isWhole = Array.isArray(batchItemFailures) && batchItemFailures.length === 0;
  if (typeof state === 'object' && state !== null && isWhole) return;
  throw new TypeError('The handler must answer { state: {}, batchItemFailures: [] }');
};

const handleFailure = (error: unknown, shardId: string, { positions, log }: ShardDelivery) => {
  const name = error instanceof Error ? error.name : '';
  if (name === 'TrimmedDataAccessException') {
    log.error(`A gap in ${shardId}: the stream lost records before they were counted`);
    positions.set(shardId, 'start');
  } else if (name === 'ResourceNotFoundException') {
    log.error(`A gap: ${shardId} left the stream before it was counted to its end`);
    positions.set(shardId, 'finished');
  } else if (name !== 'ExpiredIteratorException') {
    log.error(`A batch of ${shardId} failed and comes again`, error as Error);
  }
};

import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { Counter } from '../domain/counter.ts';
import { isAfter, parseSequenceNumber } from '../domain/sequence-number.ts';
import { EVENT_SOURCE } from './event-source-settings.ts';

/**
 * Whether the projector will still count a record of this shard, given the current state of the record's
 * counter: it is delivered, after the checkpoint, and was written after the watermark.
 */
export const isUncounted = (
  { eventName, dynamodb }: _Record,
  shardId: string,
  { checkpoints, watermark }: Pick<Counter, 'checkpoints' | 'watermark'>,
): boolean => {
  const sequence = parseSequenceNumber(dynamodb?.SequenceNumber);
  const isDelivered = EVENT_SOURCE.eventNames.some((name) => name === eventName);
  const isNew = sequence !== undefined && isAfter(sequence, checkpoints.get(shardId)?.sequence);
  return isDelivered && isNew && writtenMs(dynamodb) > watermark * 1000;
};

/**
 * When DynamoDB wrote the record of a change, epoch milliseconds; 0 if it does not say. Rounded down to whole
 * seconds or minutes, so a record may seem older than it is.
 */
export const writtenMs = (change: _Record['dynamodb']): number =>
  change?.ApproximateCreationDateTime?.getTime() ?? 0;

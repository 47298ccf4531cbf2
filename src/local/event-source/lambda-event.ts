import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { EVENT_SOURCE } from '../../tables/event-source-settings.ts';

/** The event that Lambda sends for a DynamoDB stream if the mapping has a tumbling window. */
export interface WindowedStreamEvent {
  readonly Records: readonly DynamoDBRecord[];
  readonly shardId: string;
  readonly eventSourceARN: string;
  readonly window: { readonly start: string; readonly end: string };
  readonly state: Record<string, never>;
  readonly isFinalInvokeForWindow: boolean;
  readonly isWindowTerminatedEarly: boolean;
}

/** The source of a batch. */
export interface BatchOrigin {
  readonly streamArn: string;
  readonly shardId: string;
  /** Epoch milliseconds; determines the window. */
  readonly nowMs: number;
}

/**
 * The event that Lambda would create from these records.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
 */
export const toLambdaEvent = (records: _Record[], origin: BatchOrigin): WindowedStreamEvent => ({
  Records: records.map((record) => toLambdaRecord(record, origin.streamArn)),
  shardId: origin.shardId,
  eventSourceARN: origin.streamArn,
  window: windowAt(origin.nowMs),
  state: {},
  isFinalInvokeForWindow: false,
  isWindowTerminatedEarly: false,
});

// The SDK has Date objects and capitalized identity keys where Lambda has epoch seconds and lower
// case.
const toLambdaRecord = (record: _Record, streamArn: string): DynamoDBRecord => {
  const { userIdentity, dynamodb, ...rest } = record;
  return {
    ...rest,
    eventSourceARN: streamArn,
    ...(userIdentity && {
      userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId },
    }),
    dynamodb: {
      ...dynamodb,
      ApproximateCreationDateTime: epochSeconds(dynamodb?.ApproximateCreationDateTime),
    },
  } as DynamoDBRecord;
};

const epochSeconds = (date: Date | undefined): number | undefined =>
  date && Math.floor(date.getTime() / 1000);

const windowAt = (nowMs: number): WindowedStreamEvent['window'] => {
  const length = EVENT_SOURCE.proof.tumblingWindowSeconds * 1000;
  const start = Math.floor(nowMs / length) * length;
  return { start: new Date(start).toISOString(), end: new Date(start + length).toISOString() };
};

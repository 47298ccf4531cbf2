import type { _Record } from '@aws-sdk/client-dynamodb-streams';

/** A moment in November 2026, epoch milliseconds. */
export const UNTIL_MS = 1_795_456_800_000;

/** A stream record as the API returns it, written this many seconds before `UNTIL_MS`. */
export const apiRecord = (
  sequence: number,
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE',
  ageSeconds = 1,
): _Record => ({
  eventName,
  dynamodb: {
    SequenceNumber: String(sequence),
    ApproximateCreationDateTime: new Date(UNTIL_MS - ageSeconds * 1_000),
  },
});

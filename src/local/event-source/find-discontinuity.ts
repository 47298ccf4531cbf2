import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { parseSequenceNumber } from '../../domain/sequence-number.ts';
import type { ResumePoint } from './shard-positions.ts';

/** Why a stream does not continue where its delivery stopped. */
export type Discontinuity =
  /** The record at the position has expired; undelivered ones may have expired with it. */
  | 'trimmed'
  /** The position belongs to another stream, such as that of a table before it was restored. */
  | 'replaced';

// Allows for small clock corrections. Restoring a database takes longer.
const CLOCK_SKEW_MS = 60_000;

/**
 * Checks that a stream continues at a resume point: `first`, its first record at or after that position,
 * must be the record that was delivered last. Returns undefined if it is.
 */
export const findDiscontinuity = (
  { position, reachedMs = Number.POSITIVE_INFINITY }: ResumePoint,
  first: _Record | undefined,
): Discontinuity | undefined => {
  const { SequenceNumber, ApproximateCreationDateTime } = first?.dynamodb ?? {};
  if (SequenceNumber === undefined) return 'replaced';
  if (parseSequenceNumber(SequenceNumber) !== parseSequenceNumber(position)) return 'trimmed';
  const writtenMs = ApproximateCreationDateTime?.getTime() ?? 0;
  return writtenMs > reachedMs + CLOCK_SKEW_MS ? 'replaced' : undefined;
};

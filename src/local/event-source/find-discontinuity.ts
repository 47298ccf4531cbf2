import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { parseSequenceNumber } from '../../domain/sequence-number.ts';
import type { ResumePoint } from './shard-positions.ts';

/** Why a stream does not go on where its delivery stopped. */
export type Discontinuity =
  /** The record at the position is gone; others may have gone with it, and nobody can tell. */
  | 'trimmed'
  /** The stream is another one than that which the position is of: older, or younger. */
  | 'replaced';

// Clocks of one machine may be set back a little; a database is restored later than that.
const SKEW_MS = 60_000;

/**
 * Whether a stream goes on at `resumed`, judged by its first record at or behind that position,
 * which must be the very record that was delivered last. Undefined when it does.
 */
export const findDiscontinuity = (
  { position, reachedMs = Number.POSITIVE_INFINITY }: ResumePoint,
  first: _Record | undefined,
): Discontinuity | undefined => {
  const { SequenceNumber, ApproximateCreationDateTime } = first?.dynamodb ?? {};
  if (SequenceNumber === undefined) return 'replaced';
  if (parseSequenceNumber(SequenceNumber) !== parseSequenceNumber(position)) return 'trimmed';
  const writtenMs = ApproximateCreationDateTime?.getTime() ?? 0;
  return writtenMs > reachedMs + SKEW_MS ? 'replaced' : undefined;
};

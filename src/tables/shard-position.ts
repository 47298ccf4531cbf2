import { formatSequenceNumber, type SequenceNumber } from '../domain/sequence-number.ts';

declare const brand: unique symbol;

/** How far a shard was read: not at all, to its end, or past a sequence number. */
export type Position = 'start' | 'finished' | PositionAfter;
export type PositionAfter = string & { readonly [brand]: 'PositionAfter' };

/** The position after the record with this sequence number, spelled as in the stream. */
export const positionAfter = (sequenceNumber: string): PositionAfter =>
  sequenceNumber as PositionAfter;

// The API requires at least 21 digits; emulators count from 1.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html
const DIGITS = 21;

/** The position after a record whose sequence number was stored without leading zeros. */
export const positionAfterSequence = (sequence: SequenceNumber): PositionAfter =>
  positionAfter(formatSequenceNumber(sequence).padStart(DIGITS, '0'));

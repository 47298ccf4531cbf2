import { formatSequenceNumber, type SequenceNumber } from '../domain/sequence-number.ts';

declare const brand: unique symbol;

/** How far a shard was read: not at all, to its end, or behind a sequence number. */
export type Position = 'start' | 'finished' | PositionAfter;
export type PositionAfter = string & { readonly [brand]: 'PositionAfter' };

/** The position behind the record with this sequence number, kept as the stream spells it. */
export const positionAfter = (sequenceNumber: string): PositionAfter =>
  sequenceNumber as PositionAfter;

// The API asks for 21 digits or more, and emulators number from 1.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html
const DIGITS = 21;

/** The position behind a record whose number was stored without leading zeros. */
export const positionAfterSequence = (sequence: SequenceNumber): PositionAfter =>
  positionAfter(formatSequenceNumber(sequence).padStart(DIGITS, '0'));

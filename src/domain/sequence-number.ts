declare const brand: unique symbol;

/**
 * The position of a stream record in its shard, left-padded to 40 digits so that `<` and `>` on
 * the text are numeric order. Only comparable within one shard.
 */
export type SequenceNumber = string & { readonly [brand]: 'SequenceNumber' };

// A DynamoDB Number keeps 38 digits and a JavaScript number 15, so neither can hold one of these.
const MAX_DIGITS = 40;
const DECIMAL = new RegExp(`^[0-9]{1,${MAX_DIGITS}}$`);

/**
 * The sequence number in `text`, or undefined when it is not 1 to 40 decimal digits.
 *
 * AWS promises 21 to 40 digits; emulators count from 1, so fewer are taken too.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html
 */
export const parseSequenceNumber = (text: unknown): SequenceNumber | undefined =>
  typeof text === 'string' && DECIMAL.test(text)
    ? (text.padStart(MAX_DIGITS, '0') as SequenceNumber)
    : undefined;

/** The shortest decimal text of `sequence`, as stored; `parseSequenceNumber` takes it back. */
export const formatSequenceNumber = (sequence: SequenceNumber): string =>
  sequence.replace(/^0+(?=[0-9])/, '');

/** Whether `a` is later in its shard than `b`; anything is later than undefined, the start. */
export const isAfter = (a: SequenceNumber, b: SequenceNumber | undefined): boolean =>
  b === undefined || a > b;

/** Orders sequence numbers of one shard, for `sort`. */
export const compareSequence = (a: SequenceNumber, b: SequenceNumber): number =>
  Number(a > b) - Number(a < b);

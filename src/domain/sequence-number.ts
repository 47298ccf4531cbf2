declare const brand: unique symbol;

/**
 * The position of a stream record in its shard, left-padded to 40 digits so that `<` and `>` compare
 * the text in numeric order. Only comparable within one shard.
 */
export type SequenceNumber = string & { readonly [brand]: 'SequenceNumber' };

// Too long for a DynamoDB Number (38 digits) and for a JavaScript number (15).
const MAX_DIGITS = 40;
const DECIMAL = new RegExp(`^[0-9]{1,${MAX_DIGITS}}$`);

/**
 * The sequence number in `text`; undefined unless it is 1 to 40 decimal digits.
 *
 * AWS guarantees 21 to 40 digits; emulators count from 1, so shorter numbers are accepted too.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html
 */
export const parseSequenceNumber = (text: unknown): SequenceNumber | undefined =>
  typeof text === 'string' && DECIMAL.test(text)
    ? (text.padStart(MAX_DIGITS, '0') as SequenceNumber)
    : undefined;

/** The shortest decimal text of `sequence`, as stored; `parseSequenceNumber` reverses it. */
export const formatSequenceNumber = (sequence: SequenceNumber): string =>
  sequence.replace(/^0+(?=[0-9])/, '');

/** Whether `a` is later in its shard than `b`; undefined is the start of the shard. */
export const isAfter = (a: SequenceNumber, b: SequenceNumber | undefined): boolean =>
  b === undefined || a > b;

/** Orders sequence numbers of one shard, for `sort`. */
export const compareSequence = (a: SequenceNumber, b: SequenceNumber): number =>
  Number(a > b) - Number(a < b);

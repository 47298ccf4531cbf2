import type { Checkpoint } from '../domain/counter.ts';
import { formatSequenceNumber, parseSequenceNumber } from '../domain/sequence-number.ts';
import { LAST_SECOND } from '../domain/utc-day.ts';
import { type AttributePlace, describeValue } from './describe-value.ts';
import { COUNTER, DISTINCT_SESSIONS } from './schema.ts';

/**
 * The attribute that holds the checkpoint of `shardId`: `@` and the ID. An ID as AWS creates it, `shardId-`
 * with 20 digits (its time in milliseconds) and 8 hexadecimal digits, is shortened to both in base 36; any
 * other follows as it is, after `=`.
 */
export const checkpointAttribute = (shardId: string): string => {
  const [, time = '', suffix = ''] = AWS_ID.exec(shardId) ?? [];
  const short = shorten(Number(time), Number.parseInt(suffix, 16));
  return COUNTER.checkpointPrefix + (expandId(short) === shardId ? short : OTHER_ID + shardId);
};

const AWS_ID = /^shardId-(\d{20})-([0-9a-f]{8})$/;
const OTHER_ID = '=';
/** Eight hexadecimal digits have at most seven in base 36. */
const SUFFIX = 7;

const shorten = (time: number, suffix: number): string =>
  time.toString(36) + suffix.toString(36).padStart(SUFFIX, '0');

const expandId = (short: string): string => {
  const time = Number.parseInt(short.slice(0, -SUFFIX), 36);
  const suffix = Number.parseInt(short.slice(-SUFFIX), 36);
  return `shardId-${String(time).padStart(20, '0')}-${suffix.toString(16).padStart(8, '0')}`;
};

/** A checkpoint as it is stored: the time in 5 bytes, then the sequence number in as few bytes as it needs. */
export const encodeCheckpoint = ({ sequence, at }: Checkpoint): Uint8Array => {
  const hex = BigInt(formatSequenceNumber(sequence)).toString(16);
  const bytes = new Uint8Array(TIME_BYTES + Math.ceil(hex.length / 2));
  const hexBytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const time = Buffer.alloc(TIME_BYTES);
  time.writeUIntBE(at, 0, TIME_BYTES);
  bytes.set(time);
  bytes.set(hexBytes, TIME_BYTES);
  return bytes;
};

const TIME_BYTES = 5;

/**
 * The shard and the checkpoint in an attribute of the counter item with the key `item`. Throws an
 * UnreadableCheckpointError when either is not exactly as it would be written: no condition would ever match it.
 */
export const parseCheckpointAttribute = (
  name: string,
  value: unknown,
  item: string = DISTINCT_SESSIONS,
): [string, Checkpoint] => {
  const short = name.slice(COUNTER.checkpointPrefix.length);
  const shardId = short.startsWith(OTHER_ID) ? short.slice(OTHER_ID.length) : expandId(short);
  const checkpoint = value instanceof Uint8Array ? decodeCheckpoint(value) : undefined;
  if (checkpoint && checkpointAttribute(shardId) === name) return [shardId, checkpoint];
  throw new UnreadableCheckpointError({ name, item }, shardId, value);
};

const decodeCheckpoint = (value: Uint8Array): Checkpoint | undefined => {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex', TIME_BYTES);
  const isShortest = hex.length === 2 || (hex.length > 2 && !hex.startsWith('00'));
  const sequence = isShortest ? parseSequenceNumber(BigInt(`0x${hex}`).toString()) : undefined;
  if (sequence === undefined) return undefined;
  const at = bytes.readUIntBE(0, TIME_BYTES);
  return at <= LAST_SECOND ? { sequence, at } : undefined;
};

/** The counter item has a checkpoint that is not as the projector writes it. */
export class UnreadableCheckpointError extends Error {
  override readonly name = 'UnreadableCheckpointError';

  constructor({ name, item }: AttributePlace, shardId: string, actual: unknown) {
    // A name that is no checkpoint's does not say which shard it was.
    const whose = checkpointAttribute(shardId) === name ? `of ${shardId}` : 'of an unknown shard';
    super(
      `The attribute ${name} of the item ${item}, the checkpoint ${whose}, must be 5 bytes of epoch seconds and the ` +
        `bytes of a sequence number, but it is ${describeValue(actual)}; restore it as it was`,
    );
  }
}

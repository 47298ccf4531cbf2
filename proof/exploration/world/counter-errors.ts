import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { CHECKPOINT_LIFETIME_SECONDS } from '../../../src/domain/counter-change.ts';
import { COUNTER } from '../../../src/tables/schema.ts';
import type { Item } from '../dynamodb/attribute-value.ts';
import { sumsIn, sumsOf } from './counter-sums.ts';
import type { PlannedRecord } from './records.ts';
import { shardName } from './shard-name.ts';
import type { Stream } from './streams.ts';

/**
 * How many records of each shard are at or before its checkpoint; undefined without one. Reads the item's
 * attributes directly and compares BigInts, where the code under test compares padded text. Throws a
 * RangeError when a checkpoint matches no record or no shard.
 */
export const coverageOf = (item: Item | undefined, stream: Stream): (number | undefined)[] => {
  const held = Object.keys(item ?? {}).filter((name) => name.startsWith(COUNTER.checkpointPrefix));
  const names = stream.map((_, shard) => checkpointOf(shard));
  const stray = held.find((name) => !names.includes(name));
  if (stray !== undefined) throw new RangeError(`${stray} belongs to no shard`);
  return names.map((name, shard) => placeOf(stream[shard] ?? [], item?.[name]));
};

// Our shards are not named as on AWS, so their names are not shortened.
const checkpointOf = (shard: number): string => `${COUNTER.checkpointPrefix}=${shardName(shard)}`;

const placeOf = (
  records: readonly PlannedRecord[],
  checkpoint: AttributeValue | undefined,
): number | undefined => {
  if (checkpoint === undefined) return undefined;
  const sequence = sequenceIn(checkpoint);
  const place = records.findLastIndex((record) => record.sequence === sequence);
  if (place < 0) throw new RangeError(`The checkpoint ${sequence} matches no record`);
  return place + 1;
};

/** The sequence number in a checkpoint, which follows 5 bytes with its time. */
export const sequenceIn = ({ B = new Uint8Array() }: AttributeValue): bigint =>
  BigInt(`0x${Buffer.from(B).toString('hex', 5)}`);

/**
 * Whether a record is too late to be counted by this item: a checkpoint was dropped that may have covered
 * it. Such a record is reported and not counted.
 */
export const isLate = ({ writtenMs }: PlannedRecord, item: Item | undefined): boolean => {
  const watermark = Number(item?.[COUNTER.watermark]?.N ?? 0);
  return watermark > 0 && Math.floor(writtenMs / 1000) <= watermark;
};

/** Whether a record may be late: another one must be newer by more than a checkpoint's lifetime. */
export const mayBeLate = (
  { writtenMs }: PlannedRecord,
  others: readonly PlannedRecord[],
): boolean =>
  others.some((other) => other.writtenMs - writtenMs > CHECKPOINT_LIFETIME_SECONDS * 1000);

/** How far each sum of a counter item is off; exact sums are left out. */
export type Errors = ReadonlyMap<string, number>;

/** The errors of an item that should have counted these records. */
export const errorsOf = (item: Item | undefined, counted: readonly PlannedRecord[]): Errors => {
  const expected = sumsOf(counted);
  const actual = sumsIn(item ?? {});
  const names = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  const errors = names.map((name): [string, number] => [
    name,
    (actual.get(name) ?? 0) - (expected.get(name) ?? 0),
  ]);
  return new Map(errors.filter(([, error]) => error !== 0));
};

/** The error in the number of rows: total less removed. */
export const rowError = (errors: Errors): number =>
  (errors.get(COUNTER.total) ?? 0) - (errors.get(COUNTER.removed) ?? 0);

/** The errors as text. */
export const describeErrors = (errors: Errors): string =>
  errors.size === 0
    ? 'right'
    : [...errors].map(([name, by]) => `${name} is off by ${by > 0 ? '+' : ''}${by}`).join(', ');

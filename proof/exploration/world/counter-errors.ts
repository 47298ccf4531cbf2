import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { CHECKPOINT_LIFETIME_SECONDS } from '../../../src/domain/counter-change.ts';
import { SITE } from '../../../src/domain/counter-name.ts';
import { COUNTER } from '../../../src/tables/schema.ts';
import type { Item } from '../dynamodb/attribute-value.ts';
import { type CounterItems, counterOfKey, itemOf } from './counter-items.ts';
import { sumsIn, sumsOf } from './counter-sums.ts';
import { counterOf, type PlannedRecord } from './records.ts';
import { shardName } from './shard-name.ts';
import type { Stream } from './streams.ts';

/**
 * Up to which place of each shard the checkpoints of a counter reach; undefined without one. Reads the
 * attributes of its item directly and compares BigInts, where the code under test compares padded text. Throws
 * a RangeError when a checkpoint matches no record of the counter or no shard.
 */
export const coverageOf = (
  item: Item | undefined,
  stream: Stream,
  counter: string,
): (number | undefined)[] => {
  const held = Object.keys(item ?? {}).filter((name) => name.startsWith(COUNTER.checkpointPrefix));
  const names = stream.map((_, shard) => checkpointOf(shard));
  const stray = held.find((name) => !names.includes(name));
  if (stray !== undefined) throw new RangeError(`${stray} belongs to no shard`);
  return names.map((name, shard) => placeOf(stream[shard] ?? [], counter, item?.[name]));
};

// Our shards are not named as on AWS, so their names are not shortened.
const checkpointOf = (shard: number): string => `${COUNTER.checkpointPrefix}=${shardName(shard)}`;

const placeOf = (
  records: readonly PlannedRecord[],
  counter: string,
  checkpoint: AttributeValue | undefined,
): number | undefined => {
  if (checkpoint === undefined) return undefined;
  const sequence = sequenceIn(checkpoint);
  const place = records.findLastIndex(
    (record) => record.sequence === sequence && counterOf(record) === counter,
  );
  if (place < 0)
    throw new RangeError(`The checkpoint ${sequence} matches no record of the counter ${counter}`);
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

/** How far each sum of the counter items is off; exact sums are left out. */
export type Errors = ReadonlyMap<string, number>;

/** The errors of counter items that should have counted these records. */
export const errorsOf = (items: CounterItems, counted: readonly PlannedRecord[]): Errors => {
  const counters = new Set([...Object.keys(items).map(counterOfKey), ...counted.map(counterOf)]);
  return new Map(
    [...counters].sort().flatMap((counter) => {
      const own = counted.filter((record) => counterOf(record) === counter);
      return errorsOfCounter(counter, itemOf(items, counter), own);
    }),
  );
};

const errorsOfCounter = (
  counter: string,
  item: Item | undefined,
  counted: readonly PlannedRecord[],
): [string, number][] => {
  const expected = sumsOf(counted);
  const actual = sumsIn(item ?? {});
  const names = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  const errors = names.map((name): [string, number] => [
    counter === SITE ? name : `${counter}: ${name}`,
    (actual.get(name) ?? 0) - (expected.get(name) ?? 0),
  ]);
  return errors.filter(([, error]) => error !== 0);
};

/** The error in the number of the site's rows: total less removed. */
export const rowError = (errors: Errors): number =>
  (errors.get(COUNTER.total) ?? 0) - (errors.get(COUNTER.removed) ?? 0);

/** Whether the site's months are the sums of its days: without a correction of older days, errors of both are equal. */
export const areMonthsSums = (errors: Errors): boolean => {
  const byMonth = new Map<string, number>();
  for (const [name, error] of errors) {
    const [, sign, month = ''] = SUM_IN_MONTH.exec(name) ?? [];
    if (sign) byMonth.set(month, (byMonth.get(month) ?? 0) + (sign === 'day' ? error : -error));
  }
  return [...byMonth.values()].every((difference) => difference === 0);
};

const SUM_IN_MONTH = /^(day|month)#(\d{4}-\d{2})/;

/** The errors as text. */
export const describeErrors = (errors: Errors): string =>
  errors.size === 0
    ? 'right'
    : [...errors].map(([name, by]) => `${name} is off by ${by > 0 ? '+' : ''}${by}`).join(', ');

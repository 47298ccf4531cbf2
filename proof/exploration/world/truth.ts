import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { CHECKPOINT_LIFETIME_SECONDS } from '../../../src/domain/counter-change.ts';
import { COUNTER } from '../../../src/tables/schema.ts';
import type { Item } from '../dynamodb/attribute-value.ts';
import type { PlannedRecord } from './records.ts';
import type { Stream } from './streams.ts';
import { shardName } from './world-plan.ts';

/**
 * How many of each shard's records are at or before its checkpoint; undefined without one. Told
 * from the item's bare attributes, by BigInt, where the code under test compares padded text.
 * Throws a RangeError when a checkpoint is none of the shard's records, or of no shard.
 */
export const coverageOf = (item: Item | undefined, stream: Stream): (number | undefined)[] => {
  const held = Object.keys(item ?? {}).filter((name) => name.startsWith(COUNTER.checkpointPrefix));
  const names = stream.map((_, shard) => COUNTER.checkpointPrefix + shardName(shard));
  const stray = held.find((name) => !names.includes(name));
  if (stray !== undefined) throw new RangeError(`${stray} is of no shard`);
  return names.map((name, shard) => placeOf(stream[shard] ?? [], item?.[name]));
};

const placeOf = (
  records: readonly PlannedRecord[],
  checkpoint: AttributeValue | undefined,
): number | undefined => {
  if (checkpoint === undefined) return undefined;
  const sequence = BigInt(checkpoint.M?.sequence?.S ?? '');
  const place = records.findLastIndex((record) => record.sequence === sequence);
  if (place < 0) throw new RangeError(`The checkpoint ${sequence} is of no record`);
  return place + 1;
};

/**
 * Whether a record comes too late to be counted onto this item: a checkpoint was dropped that may
 * have covered it. It is reported then, and not counted.
 */
export const isLate = ({ writtenMs }: PlannedRecord, item: Item | undefined): boolean => {
  const watermark = Number(item?.[COUNTER.watermark]?.N ?? 0);
  return watermark > 0 && Math.floor(writtenMs / 1000) <= watermark;
};

/** Whether a record may be late beside these: one of them must be a checkpoint's lifetime newer. */
export const mayBeLate = (
  { writtenMs }: PlannedRecord,
  others: readonly PlannedRecord[],
): boolean =>
  others.some((other) => other.writtenMs - writtenMs > CHECKPOINT_LIFETIME_SECONDS * 1000);

/** By how much each sum of a counter item is off; a sum that is right is not there. */
export type Errors = ReadonlyMap<string, number>;

/** The errors of an item when these records are counted. */
export const errorsOf = (item: Item | undefined, counted: readonly PlannedRecord[]): Errors => {
  const expected = sumsOf(counted);
  const actual = numbersIn(item ?? {});
  const names = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  const errors = names.map((name): [string, number] => [
    name,
    (actual.get(name) ?? 0) - (expected.get(name) ?? 0),
  ]);
  return new Map(errors.filter(([, error]) => error !== 0));
};

/** By how many rows the counter is off: its total less what was removed. */
export const rowError = (errors: Errors): number =>
  (errors.get(COUNTER.total) ?? 0) - (errors.get(COUNTER.removed) ?? 0);

/** Errors in words. */
export const describeErrors = (errors: Errors): string =>
  errors.size === 0
    ? 'right'
    : [...errors].map(([name, by]) => `${name} is off by ${by > 0 ? '+' : ''}${by}`).join(', ');

/** What these records add up to, by the attribute that holds it. */
const sumsOf = (records: readonly PlannedRecord[]): Map<string, number> => {
  const sums = new Map<string, number>();
  const add = (name: string): void => void sums.set(name, (sums.get(name) ?? 0) + 1);
  for (const { kind, firstMs } of records) {
    const day = new Date(firstMs).toISOString().slice(0, 10);
    if (kind === 'insert')
      for (const name of [COUNTER.total, COUNTER.startedPrefix + day]) add(name);
    if (kind === 'remove')
      for (const name of [COUNTER.removed, COUNTER.removedPrefix + day]) add(name);
  }
  return sums;
};

const isSum = (name: string): boolean =>
  name === COUNTER.total ||
  name === COUNTER.removed ||
  name.startsWith(COUNTER.startedPrefix) ||
  name.startsWith(COUNTER.removedPrefix);

const numbersIn = (item: Item): Map<string, number> =>
  new Map(
    Object.entries(item)
      .filter(([name]) => isSum(name))
      .map(([name, value]) => [name, Number(value.N)]),
  );

import { COUNTER } from '../../../src/tables/schema.ts';
import type { Item } from '../dynamodb/attribute-value.ts';
import type { PlannedRecord } from './records.ts';

/**
 * Sums by name: `total`, `removed`, for each day `day#` or `removed#` with its date, and for each month `month#` with
 * its year and month.
 */
export type Sums = ReadonlyMap<string, number>;

const DAY = 'day#';
const REMOVED = 'removed#';
const MONTH = 'month#';
const DAY_MS = 86_400_000;

/** The sums of these records. */
export const sumsOf = (records: readonly PlannedRecord[]): Sums => {
  const sums = new Map<string, number>();
  for (const { kind, firstMs } of records) {
    const day = Math.floor(firstMs / DAY_MS);
    const started = [COUNTER.total, dayName(DAY, day), MONTH + dayName('', day).slice(0, 7)];
    const removed = [COUNTER.removed, dayName(REMOVED, day)];
    if (kind === 'insert') for (const name of started) add(sums, name, 1);
    if (kind === 'retract') for (const name of started) add(sums, name, -1);
    if (kind === 'remove') for (const name of removed) add(sums, name, 1);
    if (kind === 'restore') for (const name of removed) add(sums, name, -1);
  }
  return sums;
};

/** The sums in a counter item, whose days are read here with BigInts, not by the code under test. */
export const sumsIn = (item: Item): Sums => {
  const sums = new Map<string, number>();
  for (const [name, { N, B }] of Object.entries(item)) {
    const number = Number.parseInt(name.slice(1), 36);
    if (name === COUNTER.total || name === COUNTER.removed) add(sums, name, Number(N));
    if (name.startsWith(COUNTER.startedPrefix)) add(sums, dayName(DAY, number), Number(N));
    if (name.startsWith(COUNTER.removedPrefix)) add(sums, dayName(REMOVED, number), Number(N));
    if (name.startsWith(COUNTER.monthPrefix)) add(sums, monthName(number), Number(N));
    if (name === COUNTER.pack) addPack(sums, B ?? new Uint8Array());
  }
  return sums;
};

/** The attribute of a sum in the counter item. */
export const attributeOf = (sum: string): string => {
  const day = (prefix: string): string =>
    (Date.parse(sum.slice(prefix.length)) / DAY_MS).toString(36);
  if (sum.startsWith(MONTH)) return COUNTER.monthPrefix + monthAttribute(sum.slice(MONTH.length));
  if (sum.startsWith(DAY)) return COUNTER.startedPrefix + day(DAY);
  return sum.startsWith(REMOVED) ? COUNTER.removedPrefix + day(REMOVED) : sum;
};

const add = (sums: Map<string, number>, name: string, by: number): void =>
  void sums.set(name, (sums.get(name) ?? 0) + by);

const dayName = (prefix: string, number: number): string =>
  prefix + new Date(number * DAY_MS).toISOString().slice(0, 10);

// Months are numbered from the year 0, in base 36.
const monthName = (number: number): string =>
  `${MONTH}${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;

const monthAttribute = (month: string): string =>
  (12 * Number(month.slice(0, 4)) + Number(month.slice(5)) - 1).toString(36);

const addPack = (sums: Map<string, number>, bytes: Uint8Array): void => {
  const [last = 0, started = 0, ...numbers] = numbersIn(bytes);
  for (const [place, number] of numbers.entries()) {
    const isStarted = place < started;
    const age = isStarted ? place : place - started;
    add(sums, dayName(isStarted ? DAY : REMOVED, last - age), number);
  }
};

const numbersIn = (bytes: Uint8Array): number[] => {
  const numbers: number[] = [];
  let [rest, shift] = [0n, 0n];
  for (const byte of bytes) {
    rest |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte > 127) continue;
    numbers.push(Number((rest & 1n) === 1n ? -(rest + 1n) / 2n : rest / 2n));
    [rest, shift] = [0n, 0n];
  }
  return numbers;
};

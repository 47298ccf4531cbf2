import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Counter } from '../domain/counter.ts';
import { createConditionalUpdate } from './conditional-update.ts';
import { removedAttribute, startedAttribute } from './day-attribute.ts';
import type { Placeholders } from './expression.ts';
import { monthAttribute } from './month-attribute.ts';
import { COUNTER } from './schema.ts';

/**
 * Sets all numbers of a counter to zero and removes its baseline, if nothing was counted since `before` was read, and
 * says whether it did: no INSERT without raising the total, and no REMOVE without raising the number of removed rows.
 * A retract lowers the total and a restore the number of removed rows, so neither may be running, or have begun since.
 * Keeps checkpoints and watermark, without which records that are delivered again would count again, and the last cutoff
 * and the time of the last retract or restore, without which a delayed request could begin an old one, or an old rebuild.
 * One write, or with the months of decades several: when one of them fails, days and months may be gone, and the total
 * is not. Throws what the SDK throws.
 */
export const emptyCounter = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  name: string,
  before: Counter,
): Promise<boolean> => {
  const update = createConditionalUpdate(client, tableName, name);
  for (const attributes of inWrites(numbersByPeriod(before))) {
    const isRemoved = await update((placeholders) => ({
      expression: `REMOVE ${attributes.map(placeholders.name).join(', ')}`,
      condition: isUnchanged(before, placeholders),
    }));
    if (!isRemoved) return false;
  }
  return true;
};

const numbersByPeriod = ({ startedByDay, removedByDay, startedByMonth }: Counter): string[] => [
  ...[...startedByDay.keys()].map(startedAttribute),
  ...[...removedByDay.keys()].map(removedAttribute),
  ...[...startedByMonth.keys()].map(monthAttribute),
];

const OTHER_NUMBERS = [
  ...[COUNTER.total, COUNTER.removed, COUNTER.pack, COUNTER.updatedAt, COUNTER.rebuilt],
  COUNTER.baseline,
  ...[COUNTER.rebuildCutoff, COUNTER.rebuildStarted, COUNTER.rebuildRemoved],
];

// 7 bytes for each, of the 4 KB that an expression may have: more than those of 20 years.
const MOST_AT_ONCE = 500;

/** The attributes that each write removes; what the condition compares is in the last one. */
const inWrites = (numbers: readonly string[]): string[][] => {
  const inLast = numbers.length % MOST_AT_ONCE;
  const before = Array.from({ length: Math.floor(numbers.length / MOST_AT_ONCE) }, (_, write) =>
    numbers.slice(write * MOST_AT_ONCE, (write + 1) * MOST_AT_ONCE),
  );
  return [...before, [...numbers.slice(numbers.length - inLast), ...OTHER_NUMBERS]];
};

// A rebuild may move sessions from one day to another, and so leave both sums as they were; a retract may take back as
// many sessions as started.
const isUnchanged = (before: Counter, placeholders: Placeholders): string =>
  [
    equals(COUNTER.total, before.total || undefined, placeholders),
    equals(COUNTER.removed, before.removed || undefined, placeholders),
    equals(COUNTER.rebuilt, before.rebuilt, placeholders),
    equals(COUNTER.lastUndo, before.lastUndo, placeholders),
    `attribute_not_exists(${placeholders.name(COUNTER.undo)})`,
  ].join(' AND ');

// A number that does not exist counts as 0.
const equals = (
  attribute: string,
  expected: number | string | object | undefined,
  { name, value }: Placeholders,
): string =>
  expected === undefined
    ? `(attribute_not_exists(${name(attribute)}) OR ${name(attribute)} = ${value(0)})`
    : `${name(attribute)} = ${value(expected)}`;

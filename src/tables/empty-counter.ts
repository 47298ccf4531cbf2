import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Counter } from '../domain/counter.ts';
import { removedAttribute, startedAttribute } from './day-attribute.ts';
import { createPlaceholders, type Placeholders } from './expression.ts';
import { monthAttribute } from './month-attribute.ts';
import { COUNTER, counterKey } from './schema.ts';

/**
 * Sets all numbers of a counter to zero and removes its baseline, if nothing was counted since `before` was read, and
 * says whether it did: no INSERT without raising the total, and no REMOVE without raising the number of removed rows.
 * A retract lowers the total and a restore the number of removed rows, so neither may be running, or have begun since.
 * Keeps checkpoints and watermark, without which records that are delivered again would count again, and the last cutoff
 * and the time of the last retract or restore, without which a delayed request could begin an old one, or an old rebuild.
 * Throws what the SDK throws.
 */
export const emptyCounter = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  name: string,
  before: Counter,
): Promise<boolean> => {
  const placeholders = createPlaceholders();
  const command = new UpdateCommand({
    TableName: tableName,
    Key: { [COUNTER.name]: counterKey(name) },
    UpdateExpression: `REMOVE ${numbersOf(before).map(placeholders.name).join(', ')}`,
    ConditionExpression: isUnchanged(before, placeholders),
    ExpressionAttributeNames: placeholders.names,
    ExpressionAttributeValues: placeholders.values,
  });
  try {
    await client.send(command);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

const numbersOf = ({ startedByDay, removedByDay, startedByMonth }: Counter): string[] => [
  ...[COUNTER.total, COUNTER.removed, COUNTER.pack, COUNTER.updatedAt, COUNTER.rebuilt],
  COUNTER.baseline,
  ...[COUNTER.rebuildCutoff, COUNTER.rebuildStarted, COUNTER.rebuildRemoved],
  ...[...startedByDay.keys()].map(startedAttribute),
  ...[...removedByDay.keys()].map(removedAttribute),
  ...[...startedByMonth.keys()].map(monthAttribute),
];

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

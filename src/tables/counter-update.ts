import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Checkpoint, DayPack } from '../domain/counter.ts';
import type { CounterChange } from '../domain/counter-change.ts';
import type { Packing } from '../domain/day-packing.ts';
import type { UtcDay } from '../domain/utc-day.ts';
import { checkpointAttribute, encodeCheckpoint } from './checkpoint-attribute.ts';
import { removedAttribute, startedAttribute } from './day-attribute.ts';
import { encodePack } from './day-pack.ts';
import { createPlaceholders, type Placeholders } from './expression.ts';
import { monthAttribute } from './month-attribute.ts';
import { COUNTER, counterKey } from './schema.ts';

/**
 * The single write of the projector: total, removed, days and checkpoint change together, on the
 * condition that every checkpoint that it replaces or drops, the watermark, the running rebuild and, if it
 * packs days, the pack and their numbers are still those that the change was planned on.
 */
export const counterUpdate = (tableName: string, change: CounterChange): UpdateCommandInput => {
  const placeholders = createPlaceholders();
  return {
    TableName: tableName,
    Key: { [COUNTER.name]: counterKey(change.counter) },
    UpdateExpression: [
      addClause(change, placeholders),
      setClause(change, placeholders),
      removeClause(change, placeholders),
    ].join(' '),
    ConditionExpression: conditions(change, placeholders).join(' AND '),
    ExpressionAttributeNames: placeholders.names,
    ExpressionAttributeValues: placeholders.values,
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
};

const addClause = (change: CounterChange, { name, value }: Placeholders): string => {
  const sums: [string, number][] = [
    [COUNTER.total, change.started],
    [COUNTER.removed, change.removed],
    ...mapKeys(change.startedByDay, startedAttribute),
    ...mapKeys(change.removedByDay, removedAttribute),
    ...mapKeys(change.startedByMonth, monthAttribute),
    ...rebuildSums(change),
  ];
  return `ADD ${sums.map(([attribute, sum]) => `${name(attribute)} ${value(sum)}`).join(', ')}`;
};

const rebuildSums = ({ rebuild }: CounterChange): [string, number][] =>
  rebuild
    ? [
        [COUNTER.rebuildStarted, rebuild.started],
        [COUNTER.rebuildRemoved, rebuild.removed],
      ]
    : [];

const mapKeys = (
  numbers: ReadonlyMap<UtcDay, number>,
  attributeOf: (day: UtcDay) => string,
): [string, number][] => [...numbers].map(([day, number]) => [attributeOf(day), number]);

const setClause = (change: CounterChange, { name, value }: Placeholders): string => {
  const { shardId, checkpoint, watermark, updatedAt, packing } = change;
  const assignments: [string, unknown][] = [
    [checkpointAttribute(shardId), encodeCheckpoint(checkpoint)],
    ...(watermark.next > watermark.expected
      ? ([[COUNTER.watermark, watermark.next]] as [string, unknown][])
      : []),
    ...(packing ? ([[COUNTER.pack, encodePack(packing.next)]] as [string, unknown][]) : []),
    ...(updatedAt ? ([[COUNTER.updatedAt, updatedAt]] as [string, unknown][]) : []),
  ];
  return `SET ${assignments.map(([attribute, next]) => `${name(attribute)} = ${value(next)}`).join(', ')}`;
};

const removeClause = ({ expired, packing }: CounterChange, { name }: Placeholders): string => {
  const attributes = [
    ...expired.startedDays.map(startedAttribute),
    ...expired.removedDays.map(removedAttribute),
    ...[...expired.checkpoints.keys()].map(checkpointAttribute),
    ...(packing ? movedAttributes(packing).map(([attribute]) => attribute) : []),
  ];
  return attributes.length === 0 ? '' : `REMOVE ${attributes.map(name).join(', ')}`;
};

const movedAttributes = ({ moved }: Packing): [string, number][] => [
  ...mapKeys(moved.startedByDay, startedAttribute),
  ...mapKeys(moved.removedByDay, removedAttribute),
];

const conditions = (change: CounterChange, placeholders: Placeholders): string[] => [
  rebuildIs(change.rebuild?.cutoff, placeholders),
  checkpointIs(change.shardId, change.expectedCheckpoint, placeholders),
  watermarkIs(change.watermark.expected, placeholders),
  // A shard that became active again keeps its checkpoint; dropping it would count records twice.
  ...[...change.expired.checkpoints].map(([id, seen]) => checkpointIs(id, seen, placeholders)),
  ...(change.packing ? isAsPacked(change.packing, placeholders) : []),
];

// Otherwise a container with an outdated counter would undo a later packing, or drop what was added since.
const isAsPacked = (packing: Packing, placeholders: Placeholders): string[] => [
  packIs(packing.expected, placeholders),
  ...numbersAre(movedAttributes(packing), placeholders),
];

const packIs = (expected: DayPack, { name, value }: Placeholders): string =>
  expected.through === undefined
    ? `attribute_not_exists(${name(COUNTER.pack)})`
    : `${name(COUNTER.pack)} = ${value(encodePack(expected))}`;

const numbersAre = (
  numbers: readonly [string, number][],
  { name, value }: Placeholders,
): string[] => numbers.map(([attribute, seen]) => `${name(attribute)} = ${value(seen)}`);

// Otherwise a record whose checkpoint was dropped concurrently would count twice, or the watermark decrease.
const watermarkIs = (expected: number, { name, value }: Placeholders): string =>
  expected === 0
    ? `attribute_not_exists(${name(COUNTER.watermark)})`
    : `${name(COUNTER.watermark)} = ${value(expected)}`;

// Otherwise a container with an outdated counter would not count for the rebuild.
const rebuildIs = (cutoff: string | undefined, { name, value }: Placeholders): string =>
  cutoff === undefined
    ? `attribute_not_exists(${name(COUNTER.rebuildCutoff)})`
    : `${name(COUNTER.rebuildCutoff)} = ${value(cutoff)}`;

const checkpointIs = (
  shardId: string,
  expected: Checkpoint | undefined,
  { name, value }: Placeholders,
): string => {
  const attribute = name(checkpointAttribute(shardId));
  return expected === undefined
    ? `attribute_not_exists(${attribute})`
    : `${attribute} = ${value(encodeCheckpoint(expected))}`;
};

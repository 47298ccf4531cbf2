import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SITE } from '../domain/counter-name.ts';
import { type Correction, deadlineOfRebuild, type RebuildStore } from '../domain/rebuild.ts';
import { byMonth } from '../domain/utc-month.ts';
import { createConditionalUpdate, type Write } from './conditional-update.ts';
import { removedAttribute, startedAttribute } from './day-attribute.ts';
import type { Placeholders } from './expression.ts';
import { monthAttribute } from './month-attribute.ts';
import { COUNTER } from './schema.ts';

/**
 * The writes of a rebuild to the counter item, one conditional UpdateItem each. They add to the total, as
 * the projector does, so neither overwrites the other. Throws what the SDK throws.
 */
export const createRebuildStore = (
  client: DynamoDBDocumentClient,
  tableName: string,
  counter: string = SITE,
): RebuildStore => {
  const update = createConditionalUpdate(client, tableName, counter);
  return {
    beginRebuild: (cutoff, lastCutoff) => update(beginning(cutoff, lastCutoff)),
    abortRebuild: (cutoff) => update(aborting(cutoff)),
    applyCorrection: (correction, at) => update(correctionWrite(correction, at)),
  };
};

// Without `lastCutoff`, a delayed request that arrives after the end of its rebuild would begin it again,
// with counts of 0.
const beginning =
  (cutoff: string, lastCutoff: string | undefined) =>
  ({ name, value }: Placeholders): Write => ({
    expression:
      `SET ${name(COUNTER.rebuildCutoff)} = ${value(cutoff)}, ${name(COUNTER.lastCutoff)} = ${value(cutoff)}, ` +
      `${name(COUNTER.rebuildStarted)} = ${value(0)}, ${name(COUNTER.rebuildRemoved)} = ${value(0)}`,
    condition:
      `attribute_not_exists(${name(COUNTER.rebuildCutoff)}) AND ` +
      `attribute_not_exists(${name(COUNTER.undo)}) AND ` +
      (lastCutoff === undefined
        ? `attribute_not_exists(${name(COUNTER.lastCutoff)})`
        : `${name(COUNTER.lastCutoff)} = ${value(lastCutoff)}`),
  });

const aborting =
  (cutoff: string) =>
  (placeholders: Placeholders): Write => ({
    expression: removal(placeholders),
    condition: isRunning(cutoff, placeholders),
  });

const correctionWrite =
  ({ cutoff, total, removed, startedByDay, removedByDay }: Correction, at: string) =>
  (placeholders: Placeholders): Write => {
    const { name, value } = placeholders;
    const sums: [string, number][] = [
      [COUNTER.total, total],
      [COUNTER.removed, removed],
      ...[...startedByDay].map(([day, sum]): [string, number] => [startedAttribute(day), sum]),
      ...[...removedByDay].map(([day, sum]): [string, number] => [removedAttribute(day), sum]),
      ...[...byMonth(startedByDay)].map(([month, sum]): [string, number] => [
        monthAttribute(month),
        sum,
      ]),
    ];
    const adds = sums.map(([attribute, sum]) => `${name(attribute)} ${value(sum)}`).join(', ');
    const rebuilt = `${name(COUNTER.rebuilt)} = ${value({ cutoff, at, total, removed })}`;
    return {
      expression: `ADD ${adds} SET ${rebuilt} ${removal(placeholders)}`,
      condition: `${isRunning(cutoff, placeholders)} AND ${isInTime(cutoff, placeholders)}`,
    };
  };

const removal = ({ name }: Placeholders): string =>
  `REMOVE ${[COUNTER.rebuildCutoff, COUNTER.rebuildStarted, COUNTER.rebuildRemoved].map(name).join(', ')}`;

const isRunning = (cutoff: string, { name, value }: Placeholders): string =>
  `${name(COUNTER.rebuildCutoff)} = ${value(cutoff)}`;

const isInTime = (cutoff: string, { name, value }: Placeholders): string =>
  `(attribute_not_exists(${name(COUNTER.updatedAt)}) OR ` +
  `${name(COUNTER.updatedAt)} <= ${value(deadlineOfRebuild(cutoff))})`;

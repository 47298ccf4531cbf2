import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { RunningUndo } from '../domain/counter.ts';
import { SITE } from '../domain/counter-name.ts';
import type { UndoStore } from '../domain/undo.ts';
import { createConditionalUpdate, type Write } from './conditional-update.ts';
import type { Placeholders } from './expression.ts';
import { COUNTER } from './schema.ts';

/**
 * The writes of a retract or a restore to the counter item, one conditional UpdateItem each. They change no number:
 * the projector does, when it gets the records of the rows. Throws what the SDK throws.
 */
export const createUndoStore = (
  client: DynamoDBDocumentClient,
  tableName: string,
  counter: string = SITE,
): UndoStore => {
  const update = createConditionalUpdate(client, tableName, counter);
  return {
    beginUndo: (undo, lastUndo) => update(beginning(undo, lastUndo)),
    endUndo: (at) => update(ending(at)),
  };
};

const beginning =
  ({ kind, from, to, at }: RunningUndo, lastUndo: string | undefined) =>
  ({ name, value }: Placeholders): Write => ({
    expression:
      `SET ${name(COUNTER.undo)} = ${value({ kind, from, to, at })}, ` +
      `${name(COUNTER.lastUndo)} = ${value(at)}`,
    condition:
      `attribute_not_exists(${name(COUNTER.rebuildCutoff)}) AND ` +
      `attribute_not_exists(${name(COUNTER.undo)}) AND ` +
      (lastUndo === undefined
        ? `attribute_not_exists(${name(COUNTER.lastUndo)})`
        : `${name(COUNTER.lastUndo)} = ${value(lastUndo)}`),
  });

const ending =
  (at: string) =>
  ({ name, value }: Placeholders): Write => ({
    expression: `REMOVE ${name(COUNTER.undo)}`,
    // The most recent one is the only one that can be running.
    condition: `attribute_exists(${name(COUNTER.undo)}) AND ${name(COUNTER.lastUndo)} = ${value(at)}`,
  });

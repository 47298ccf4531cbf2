import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { RunningRetract } from '../domain/counter.ts';
import { SITE } from '../domain/counter-name.ts';
import type { RetractStore } from '../domain/retract.ts';
import { createConditionalUpdate, type Write } from './conditional-update.ts';
import type { Placeholders } from './expression.ts';
import { COUNTER } from './schema.ts';

/**
 * The writes of a retract to the counter item, one conditional UpdateItem each. They change no number: the projector
 * does, when it gets the deleted rows. Throws what the SDK throws.
 */
export const createRetractStore = (
  client: DynamoDBDocumentClient,
  tableName: string,
  counter: string = SITE,
): RetractStore => {
  const update = createConditionalUpdate(client, tableName, counter);
  return {
    beginRetract: (retract, lastRetract) => update(beginning(retract, lastRetract)),
    endRetract: (at) => update(ending(at)),
  };
};

const beginning =
  ({ from, to, at }: RunningRetract, lastRetract: string | undefined) =>
  ({ name, value }: Placeholders): Write => ({
    expression:
      `SET ${name(COUNTER.retract)} = ${value({ from, to, at })}, ` +
      `${name(COUNTER.lastRetract)} = ${value(at)}`,
    condition:
      `attribute_not_exists(${name(COUNTER.rebuildCutoff)}) AND ` +
      `attribute_not_exists(${name(COUNTER.retract)}) AND ` +
      (lastRetract === undefined
        ? `attribute_not_exists(${name(COUNTER.lastRetract)})`
        : `${name(COUNTER.lastRetract)} = ${value(lastRetract)}`),
  });

const ending =
  (at: string) =>
  ({ name, value }: Placeholders): Write => ({
    expression: `REMOVE ${name(COUNTER.retract)}`,
    // The most recent retract is the only one that can be running.
    condition: `attribute_exists(${name(COUNTER.retract)}) AND ${name(COUNTER.lastRetract)} = ${value(at)}`,
  });

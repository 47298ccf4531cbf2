import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { SITE } from '../domain/counter-name.ts';
import type { SessionTouch } from '../domain/session-touch.ts';
import { counterOfRow } from './row-counter.ts';
import { SESSION } from './schema.ts';

/** A session of another deployment, as a row of this one. */
export interface ImportedSession extends SessionTouch {
  /** ISO 8601 UTC with milliseconds. */
  readonly firstSeenAt: string;
}

/** The outcome of importing a session, and the write units that it consumed. */
export interface ImportOutcome {
  readonly outcome: 'inserted' | 'updated' | 'unchanged' | 'of another counter';
  readonly writeUnits: number;
}

const REFUSED_UNITS = 1;
// For emulators that do not report it: one for the row, one for its index entry.
const ASSUMED_UNITS = 2;

/**
 * Writes a session, unless a row with the same or a later last visit exists, or one of another counter: its
 * counter would go on expecting it. An existing row keeps its first visit. Idempotent. Throws what the SDK throws.
 */
export const importSession = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  session: ImportedSession,
): Promise<ImportOutcome> => {
  try {
    const { Attributes, ConsumedCapacity } = await client.send(importUpdate(tableName, session));
    const writeUnits = ConsumedCapacity?.CapacityUnits ?? ASSUMED_UNITS;
    return { outcome: Attributes === undefined ? 'inserted' : 'updated', writeUnits };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const isOfAnother = counterOfRow(error.Item?.[SESSION.counter]?.S) !== session.counter;
    const outcome = isOfAnother ? 'of another counter' : 'unchanged';
    return { outcome, writeUnits: REFUSED_UNITS };
  }
};

const importUpdate = (TableName: string, session: ImportedSession): UpdateCommand => {
  const { sessionHash, firstSeenAt, seenAt, activeShard, expiresAt } = session;
  const counter = session.counter === SITE ? undefined : session.counter;
  const name = counter === undefined ? '' : `, ${SESSION.counter} = :counter`;
  const expiry = expiresAt === undefined ? '' : `, ${SESSION.expiresAt} = :expiresAt`;
  return new UpdateCommand({
    TableName,
    Key: { [SESSION.hash]: sessionHash },
    UpdateExpression:
      `SET ${SESSION.firstAccessed} = if_not_exists(${SESSION.firstAccessed}, :first), ` +
      `${SESSION.lastAccessed} = :last, ${SESSION.activeShard} = :shard${name}${expiry}`,
    ConditionExpression:
      `attribute_not_exists(${SESSION.hash}) OR ` +
      `(${SESSION.lastAccessed} < :last AND ${isOfCounter(counter)})`,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    // The document client omits undefined values.
    ExpressionAttributeValues: {
      ...{ ':first': firstSeenAt, ':last': seenAt, ':shard': activeShard, ':expiresAt': expiresAt },
      ':counter': counter,
    },
    ReturnValues: 'UPDATED_OLD',
    ReturnConsumedCapacity: 'TOTAL',
  });
};

const isOfCounter = (counter: string | undefined): string =>
  counter === undefined
    ? `attribute_not_exists(${SESSION.counter})`
    : `${SESSION.counter} = :counter`;

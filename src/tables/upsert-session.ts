import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { SITE } from '../domain/counter-name.ts';
import type { SessionTouch } from '../domain/session-touch.ts';
import type { SessionBefore } from '../domain/visit-effect.ts';
import { SESSION } from './schema.ts';

/** The upsert of a session row; `first_accessed` is set once and never changes. */
const sessionUpsert = (tableName: string, touch: SessionTouch): UpdateCommandInput => {
  const neverExpires = touch.expiresAt === undefined;
  const isNamed = touch.counter !== SITE;
  return {
    TableName: tableName,
    Key: { [SESSION.hash]: touch.sessionHash },
    UpdateExpression: [
      `SET ${SESSION.firstAccessed} = if_not_exists(${SESSION.firstAccessed}, :seenAt)`,
      `, ${SESSION.lastAccessed} = :seenAt, ${SESSION.activeShard} = :activeShard`,
      isNamed ? `, ${SESSION.counter} = :counter` : '',
      neverExpires ? ` REMOVE ${SESSION.expiresAt}` : `, ${SESSION.expiresAt} = :expiresAt`,
    ].join(''),
    ExpressionAttributeValues: {
      ':seenAt': touch.seenAt,
      ':activeShard': touch.activeShard,
      ...(isNamed && { ':counter': touch.counter }),
      ...(neverExpires ? {} : { ':expiresAt': touch.expiresAt }),
      ...(touch.skipIfSeenAfter && {
        ':after': touch.skipIfSeenAfter.after,
        ':until': touch.skipIfSeenAfter.until,
      }),
    },
    ...conditionOf(touch),
    // Neither consumes read units.
    // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
    ReturnValues: 'ALL_OLD',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
};

// Without a row, the comparisons are false.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
const NOT_RECENTLY_SEEN = `${SESSION.lastAccessed} <= :after OR ${SESSION.lastAccessed} > :until`;

/** The condition of the write; none for most visits. */
const conditionOf = ({ skipIfSeenAfter, onlyIfExists }: SessionTouch) => {
  if (skipIfSeenAfter && onlyIfExists) return { ConditionExpression: NOT_RECENTLY_SEEN };
  if (onlyIfExists) return { ConditionExpression: `attribute_exists(${SESSION.hash})` };
  if (!skipIfSeenAfter) return {};
  const isNew = `attribute_not_exists(${SESSION.hash})`;
  return { ConditionExpression: `${isNew} OR ${NOT_RECENTLY_SEEN}` };
};

/**
 * Records a visit in one write, without a read: inserts a row for a new session, otherwise updates
 * `last_accessed` (even to an earlier time, if a clock that was ahead dated the row). A row that was
 * seen within the touch interval is left unchanged, which costs one write unit but writes nothing to
 * the index and the stream. With `onlyIfExists`, a visit without a row costs as much and writes nothing either.
 * Idempotent, with one exception: when the response is lost, the SDK repeats the write, and if the row was deleted in
 * between, the repeat inserts it again. Sends no attempt after `signal` aborts. Throws what the SDK throws.
 *
 * Returns the times of the row as it was before this write; undefined if there was none.
 */
export const upsertSession = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  touch: SessionTouch,
  signal?: AbortSignal,
): Promise<SessionBefore | undefined> => {
  const upsert = new UpdateCommand(sessionUpsert(tableName, touch));
  try {
    const { Attributes = {} } = await client.send(upsert, signal && { abortSignal: signal });
    return timesOf((name) => Attributes[name]);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // The document client does not unmarshall the item of an error.
    return timesOf((name) => error.Item?.[name]?.S);
  }
};

// Without a row there are no times. The embedded DynamoDB then returns the key, AWS nothing.
const timesOf = (attributeOf: (name: string) => unknown): SessionBefore | undefined => {
  const firstSeen = attributeOf(SESSION.firstAccessed);
  const lastSeen = attributeOf(SESSION.lastAccessed);
  return typeof firstSeen === 'string' && typeof lastSeen === 'string'
    ? { firstSeen, lastSeen }
    : undefined;
};

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { SessionTouch } from '../domain/session-touch.ts';
import { SESSION } from './schema.ts';

/** The upsert of one session row: `first_accessed` is set once and never changed again. */
const sessionUpsert = (tableName: string, touch: SessionTouch): UpdateCommandInput => {
  const keepsForEver = touch.expiresAt === undefined;
  return {
    TableName: tableName,
    Key: { [SESSION.hash]: touch.sessionHash },
    UpdateExpression: [
      `SET ${SESSION.firstAccessed} = if_not_exists(${SESSION.firstAccessed}, :seenAt)`,
      `, ${SESSION.lastAccessed} = :seenAt, ${SESSION.activeShard} = :activeShard`,
      keepsForEver ? ` REMOVE ${SESSION.expiresAt}` : `, ${SESSION.expiresAt} = :expiresAt`,
    ].join(''),
    ExpressionAttributeValues: {
      ':seenAt': touch.seenAt,
      ':activeShard': touch.activeShard,
      ...(keepsForEver ? {} : { ':expiresAt': touch.expiresAt }),
      ...(touch.skipIfSeenAfter && {
        ':after': touch.skipIfSeenAfter.after,
        ':until': touch.skipIfSeenAfter.until,
      }),
    },
    ...(touch.skipIfSeenAfter && { ConditionExpression: NOT_SEEN_LATELY }),
  };
};

const NOT_SEEN_LATELY = [
  `attribute_not_exists(${SESSION.hash})`,
  `${SESSION.lastAccessed} <= :after`,
  `${SESSION.lastAccessed} > :until`,
].join(' OR ');

/**
 * Records a visit in one write, without a read: a new row for a new session, else a new
 * `last_accessed`, which is an earlier one where a clock that was ahead has dated the row. A row that
 * was written too short a time ago stays as it is, which costs one write unit, and nothing in the index
 * and the stream. Safe to repeat, but for one thing: the SDK sends a write again whose answer was lost,
 * and if the row was deleted in between, that makes it anew. No attempt leaves after `signal` aborts.
 * Throws what the SDK throws.
 */
export const upsertSession = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  touch: SessionTouch,
  signal?: AbortSignal,
): Promise<void> => {
  const upsert = new UpdateCommand(sessionUpsert(tableName, touch));
  try {
    await client.send(upsert, signal && { abortSignal: signal });
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};

import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { falseIfConditionFailed } from './conditional-update.ts';
import { SESSION } from './schema.ts';

/** A session that is taken back. */
export interface RetractedSession {
  readonly hash: string;
  /** The first visit of its row, as it is stored. */
  readonly firstAccessed: string;
  /** The mark: when its retract began, ISO 8601 UTC. */
  readonly at: string;
}

/** The most write units that both writes take: two for the row, and one for its entry in the index. */
export const RETRACT_UNITS = 3;

/**
 * Takes a session back: marks its row and deletes it, in two conditional writes. The projector then lowers the total,
 * because the deleted row is marked. Returns false, and changes nothing, if the row is gone or a new one with another
 * first visit is in its place. Idempotent, and safe to repeat after a kill between the writes: a visit in between
 * keeps the mark. Throws what the SDK throws.
 */
export const retractSession = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  session: RetractedSession,
): Promise<boolean> => {
  const isMarked = await update(client, { ...rowOf(tableName, session.hash), ...marking(session) });
  if (!isMarked) return false;
  // Refused if the marked row is gone, even if the visitor has come back since: whatever deleted it took the session
  // back, and the new row is a new session.
  await client
    .send(new DeleteCommand({ ...rowOf(tableName, session.hash), ...ifMarked(session.at) }))
    .catch(falseIfConditionFailed);
  return true;
};

/**
 * Removes the mark of the retract that began at `at` from a row, if it has it. Idempotent. Returns whether it did.
 * Throws what the SDK throws.
 */
export const unmarkSession = (
  client: DynamoDBDocumentClient,
  tableName: string,
  hash: string,
  at: string,
): Promise<boolean> =>
  update(client, {
    ...rowOf(tableName, hash),
    UpdateExpression: 'REMOVE #mark',
    ...ifMarked(at),
  });

const rowOf = (TableName: string, hash: string) => ({ TableName, Key: { [SESSION.hash]: hash } });

const marking = ({ firstAccessed, at }: RetractedSession) => ({
  UpdateExpression: 'SET #mark = :at',
  ConditionExpression: '#first = :first',
  ExpressionAttributeNames: { '#mark': SESSION.retracted, '#first': SESSION.firstAccessed },
  ExpressionAttributeValues: { ':at': at, ':first': firstAccessed },
});

const ifMarked = (at: string) => ({
  ConditionExpression: '#mark = :at',
  ExpressionAttributeNames: { '#mark': SESSION.retracted },
  ExpressionAttributeValues: { ':at': at },
});

const update = (client: DynamoDBDocumentClient, input: UpdateCommandInput): Promise<boolean> =>
  client.send(new UpdateCommand(input)).then(() => true, falseIfConditionFailed);

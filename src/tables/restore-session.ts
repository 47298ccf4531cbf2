import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ActivePartition } from '../domain/active-partition.ts';
import { SITE } from '../domain/counter-name.ts';
import { falseIfConditionFailed } from './conditional-update.ts';
import { SESSION } from './schema.ts';

/** A row that comes back. */
export interface RestoredRow {
  readonly sessionHash: string;
  /** The counter that it belongs to. */
  readonly counter: string;
  /** As it was stored. */
  readonly firstAccessed: string;
  /** As it was stored. */
  readonly lastAccessed: string;
  readonly activeShard: ActivePartition;
  /** When it may be deleted, epoch seconds; undefined keeps it forever. */
  readonly expiresAt: number | undefined;
  /** When the restore began, ISO 8601 UTC: its insertion is no new session. Undefined counts it as one. */
  readonly restored: string | undefined;
}

/** The write units of a restored row: one for the row, and one for its entry in the index. */
export const RESTORE_UNITS = 2;

/**
 * Inserts a row, unless one with its hash exists, and says whether it did: a visitor who has come back keeps the new
 * row. Idempotent. Throws what the SDK throws.
 */
export const restoreSession = (
  client: DynamoDBDocumentClient,
  tableName: string,
  row: RestoredRow,
): Promise<boolean> =>
  client
    .send(
      new PutCommand({
        TableName: tableName,
        Item: itemOf(row),
        ConditionExpression: `attribute_not_exists(${SESSION.hash})`,
      }),
    )
    .then(() => true, falseIfConditionFailed);

const itemOf = (row: RestoredRow): Record<string, unknown> => ({
  [SESSION.hash]: row.sessionHash,
  [SESSION.firstAccessed]: row.firstAccessed,
  [SESSION.lastAccessed]: row.lastAccessed,
  [SESSION.activeShard]: row.activeShard,
  ...(row.counter === SITE ? {} : { [SESSION.counter]: row.counter }),
  ...(row.expiresAt === undefined ? {} : { [SESSION.expiresAt]: row.expiresAt }),
  ...(row.restored === undefined ? {} : { [SESSION.restored]: row.restored }),
});

import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  type ScanCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { SESSION } from '../../../src/tables/schema.ts';
import { oldTime } from '../stored/session-rows.ts';

/** The numbers that a page view shows. */
export interface Shown {
  readonly unique: number;
  readonly active: number;
}

/** How far a Scan goes: to the end of its first page of 1 MB, or of the table. */
export type Pages = 'first' | 'all';

const HOUR_MS = 3_600_000;

/**
 * A page view of this counter's predecessor: read the row, put or update it, scan for the active sessions,
 * scan for all sessions. It counts the returned items.
 */
export const viewOldPage = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  { sessionHash, pages }: { readonly sessionHash: string; readonly pages: Pages },
): Promise<Shown> => {
  const nowMs = Date.now();
  await writeOldRow(client, TableName, sessionHash, oldTime(nowMs));
  const active = await countByScan(client, pages, {
    TableName,
    FilterExpression: `${SESSION.lastAccessed} >= :since`,
    ExpressionAttributeValues: { ':since': oldTime(nowMs - HOUR_MS) },
  });
  return { active, unique: await countByScan(client, pages, { TableName }) };
};

const writeOldRow = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  sessionHash: string,
  seenAt: string,
): Promise<void> => {
  const Key = { [SESSION.hash]: sessionHash };
  const { Item } = await client.send(new GetCommand({ TableName, Key }));
  if (Item) {
    const UpdateExpression = `SET ${SESSION.lastAccessed} = :seenAt`;
    const ExpressionAttributeValues = { ':seenAt': seenAt };
    const update = { TableName, Key, UpdateExpression, ExpressionAttributeValues };
    await client.send(new UpdateCommand(update));
  } else {
    const times = { [SESSION.firstAccessed]: seenAt, [SESSION.lastAccessed]: seenAt };
    await client.send(new PutCommand({ TableName, Item: { ...Key, ...times } }));
  }
};

const countByScan = async (
  client: DynamoDBDocumentClient,
  pages: Pages,
  input: ScanCommandInput,
): Promise<number> => {
  let count = 0;
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ ...input, ExclusiveStartKey }));
    count += page.Items?.length ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey && pages === 'all');
  return count;
};

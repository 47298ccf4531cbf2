import {
  type AttributeValue,
  DescribeTableCommand,
  type ScalarAttributeType,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SESSION } from '../../tables/schema.ts';
import { CommandError } from '../command-error.ts';
import type { RowForm } from './old-row.ts';
import { CHUNK_ROWS, type RowChunk, type RowSource } from './row-source.ts';

/**
 * Opens a table as a source of rows of this form. Throws a CommandError if its key is not that of an older
 * counter.
 */
export const openTable = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  form: RowForm,
): Promise<RowSource> => {
  const identity = await identifyTable(client, tableName, OLD_KEYS);
  return {
    name: `table ${identity}`,
    contents: identity,
    files: [],
    read: (position) => readTable(client, tableName, { form, position }),
  };
};

/** The types of the key attributes of a table and its indexes. */
type KeyTypes = Readonly<Record<string, ScalarAttributeType>>;

const OLD_KEYS: KeyTypes = { [SESSION.hash]: 'S' };

/** The key types of a sessions table, with which DynamoDB accepts every valid row. */
export const SESSION_KEYS: KeyTypes = {
  ...{ [SESSION.hash]: 'S', [SESSION.activeShard]: 'N', [SESSION.lastAccessed]: 'S' },
};

/**
 * Returns a globally unique identity of a table: a table of the same name in another region,
 * account or emulator, or one that was recreated, has a different one. Throws a CommandError if its
 * key is not that of a session or a key has another type than in `types`, and otherwise what the
 * SDK throws.
 */
export const identifyTable = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  types: KeyTypes,
): Promise<string> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  const key = (Table?.KeySchema ?? []).map(({ AttributeName }) => AttributeName).join(' and ');
  if (key !== SESSION.hash) {
    throw new CommandError(`The key of ${tableName} must be ${SESSION.hash}, but it is ${key}`);
  }
  for (const { AttributeName = '', AttributeType } of Table?.AttributeDefinitions ?? []) {
    const expected = types[AttributeName] ?? AttributeType;
    if (expected === AttributeType) continue;
    const found = `but it is ${AttributeType}`;
    throw new CommandError(
      `${AttributeName} of ${tableName} must be of type ${expected}, ${found}`,
    );
  }
  return `${Table?.TableArn} ${Table?.TableId ?? Table?.CreationDateTime?.toISOString()}`;
};

// Not with the document client's commands, which fail on numbers that JavaScript cannot represent.
async function* readTable(
  client: DynamoDBDocumentClient,
  TableName: string,
  { form, position }: { readonly form: RowForm; readonly position: unknown },
): AsyncIterable<RowChunk> {
  // The last chunk was saved before a kill.
  if (position === null) return;
  const names = form.attributes.map((name) => [`#${name}`, name]);
  let startKey = position as Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName,
        Limit: CHUNK_ROWS,
        ProjectionExpression: names.map(([placeholder]) => placeholder).join(', '),
        ExpressionAttributeNames: Object.fromEntries(names),
        ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
      }),
    );
    const rows = (page.Items ?? []).map((item) => ({
      ...{ source: TableName, line: null, raw: form.pick(item) ?? 'not a row' },
    }));
    startKey = page.LastEvaluatedKey;
    yield { rows, position: startKey ?? null };
  } while (startKey !== undefined);
}

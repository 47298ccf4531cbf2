import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Audit } from '../domain/audit.ts';
import { AUDIT, COUNTER, LAST_AUDIT } from './schema.ts';

/** How an audit ended. */
export interface DatedAudit extends Audit {
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** Keeps how the last audit ended, in an item that the projector never writes. Throws what the SDK throws. */
export const writeAudit = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  { at, drift, uncertainty }: DatedAudit,
): Promise<void> => {
  const attributes = { [AUDIT.at]: at, [AUDIT.drift]: drift, [AUDIT.uncertainty]: uncertainty };
  const Item = { [COUNTER.name]: LAST_AUDIT, ...attributes };
  await client.send(new PutCommand({ TableName: tableName, Item }));
};

/** How the last audit ended; undefined before the first. Throws what the SDK throws. */
export const readAudit = async (
  client: DynamoDBDocumentClient,
  tableName: string,
): Promise<DatedAudit | undefined> => {
  const Key = { [COUNTER.name]: LAST_AUDIT };
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key }));
  return (
    Item && {
      at: String(Item[AUDIT.at]),
      drift: Number(Item[AUDIT.drift]),
      uncertainty: Number(Item[AUDIT.uncertainty]),
    }
  );
};

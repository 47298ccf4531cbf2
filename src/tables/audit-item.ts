import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RowDrift } from '../domain/row-comparison.ts';
import { AUDIT, COUNTER, LAST_AUDIT } from './schema.ts';

/** The result of an audit, with its time. */
export interface DatedAudit extends RowDrift {
  /** ISO 8601 UTC. */
  readonly at: string;
}

/**
 * Stores the result of the last audit, in an item that the projector never writes. Throws what the SDK
 * throws.
 */
export const writeAudit = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  { at, missing, surplus, uncertainty }: DatedAudit,
): Promise<void> => {
  const Item = {
    ...{ [COUNTER.name]: LAST_AUDIT, [AUDIT.at]: at, [AUDIT.missing]: missing },
    ...{ [AUDIT.surplus]: surplus, [AUDIT.uncertainty]: uncertainty },
  };
  await client.send(new PutCommand({ TableName: tableName, Item }));
};

/** The result of the last audit; undefined before the first. Throws what the SDK throws. */
export const readAudit = async (
  client: DynamoDBDocumentClient,
  tableName: string,
): Promise<DatedAudit | undefined> => {
  const Key = { [COUNTER.name]: LAST_AUDIT };
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key }));
  return (
    Item && {
      at: String(Item[AUDIT.at]),
      missing: Number(Item[AUDIT.missing]),
      surplus: Number(Item[AUDIT.surplus]),
      uncertainty: Number(Item[AUDIT.uncertainty]),
    }
  );
};

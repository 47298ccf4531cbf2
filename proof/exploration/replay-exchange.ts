import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Answered, Reply, Request } from './dynamodb/answer-request.ts';
import { canonicalText, type Item } from './dynamodb/attribute-value.ts';
import type { Exchange } from './world/counter-table.ts';

/** A difference between the interpreter and a DynamoDB. */
export interface Difference {
  readonly exchange: Exchange;
  readonly interpreter: Answered;
  readonly database: Answered;
}

/**
 * Puts the original item into `table`, sends the request, and compares the reply, the item in a failed
 * condition and the resulting item with the interpreter's; undefined when all are equal. Throws what the
 * SDK throws.
 */
export const replayExchange = async (
  client: DynamoDBClient,
  table: string,
  exchange: Exchange,
): Promise<Difference | undefined> => {
  const { before, request, answered: interpreter } = exchange;
  const Key = request.input.Key as Item;
  if (before) await client.send(new PutItemCommand({ TableName: table, Item: before }));
  else await client.send(new DeleteItemCommand({ TableName: table, Key }));
  const reply = await send(client, table, request);
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
  );
  const database = { item, reply };
  const isSame = canonicalText(interpreter) === canonicalText(database);
  return isSame ? undefined : { exchange, interpreter, database };
};

const send = async (client: DynamoDBClient, table: string, request: Request): Promise<Reply> => {
  const input = { ...request.input, TableName: table };
  try {
    if (request.operation === 'GetItem') {
      return { output: pick(await client.send(new GetItemCommand(input as never)), 'Item') };
    }
    if (request.operation !== 'UpdateItem') throw new Error(`Cannot replay ${request.operation}`);
    return { output: pick(await client.send(new UpdateItemCommand(input as never)), 'Attributes') };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { conditionFailedOn: error.Item };
  }
};

const pick = <Name extends 'Item' | 'Attributes'>(
  output: { readonly [Field in Name]?: Item | undefined },
  name: Name,
) => (output[name] ? { [name]: output[name] } : {});

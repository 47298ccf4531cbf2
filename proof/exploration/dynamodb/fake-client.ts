import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Reply, Request } from './answer-request.ts';
import { type Item, UnknownExpressionError } from './attribute-value.ts';

/** Answers a request; rejects when the SDK should give up. */
export type Answerer = (request: Request) => Promise<Reply>;

/**
 * A document client that sends its requests to `answer` instead of HTTP. It marshalls values with the
 * SDK's own functions, as the real client does, and throws the SDK's own error for a failed condition.
 */
export const createFakeClient = (answer: Answerer): DynamoDBDocumentClient => {
  const send = async (command: { readonly input: object }): Promise<object> => {
    const reply = await answer(toRequest(command));
    if ('conditionFailedOn' in reply) throw conditionFailed(reply.conditionFailedOn);
    const { output } = reply;
    const plain = Object.entries(output).map(([field, item]) => [field, fromWire(item)]);
    return { ...Object.fromEntries(plain), $metadata: {} };
  };
  // The SDK's paginators check for an instance of this class.
  return Object.create(DynamoDBDocumentClient.prototype, { send: { value: send } });
};

const OPERATIONS = [
  ['UpdateItem', UpdateCommand],
  ['GetItem', GetCommand],
  ['PutItem', PutCommand],
  ['Scan', ScanCommand],
] as const;

/** The request that the document client would send for a command. */
const toRequest = (command: { readonly input: object }): Request => {
  const operation = OPERATIONS.find(([, type]) => command instanceof type)?.[0];
  if (operation === undefined) {
    throw new UnknownExpressionError(`Unknown command ${command.constructor.name}`);
  }
  const input = Object.entries(command.input)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => [field, toWire(field, value)]);
  return { operation, input: Object.fromEntries(input) };
};

const ITEM_FIELDS = ['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey'];

const toWire = (field: string, value: unknown): unknown =>
  ITEM_FIELDS.includes(field) ? marshall(value as Record<string, unknown>) : value;

const fromWire = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(fromWire)
    : typeof value === 'object'
      ? unmarshall(value as Item)
      : value;

// As in the real client, the item inside the error stays in wire format.
const conditionFailed = (item: Item | undefined): ConditionalCheckFailedException =>
  new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    ...(item ? { Item: item } : {}),
  });

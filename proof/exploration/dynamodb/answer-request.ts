import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Item, inOrder, UnknownExpressionError } from './attribute-value.ts';
import { parseCondition } from './condition.ts';
import type { Bindings } from './tokens.ts';
import { parseUpdate } from './update.ts';

/** A request in DynamoDB's wire format, with attribute values. */
export interface Request {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** DynamoDB's reply: an output, or the one error that our commands handle. */
export type Reply = { readonly output: Output } | { readonly conditionFailedOn: Item | undefined };

export interface Output {
  readonly Attributes?: Item;
  readonly Item?: Item;
  readonly Items?: readonly Item[];
  readonly LastEvaluatedKey?: Item;
}

/** A reply, and the item after the request; undefined means there is no item. */
export interface Answered {
  readonly item: Item | undefined;
  readonly reply: Reply;
}

/**
 * DynamoDB's reply to a request for the item `item` of its key. Throws an UnknownExpressionError for an
 * operation, a field or syntax that is not implemented: a reply is never guessed.
 */
export const answerRequest = ({ operation, input }: Request, item: Item | undefined): Answered => {
  const answer = OPERATIONS[operation];
  if (answer === undefined) throw new UnknownExpressionError(`Unknown operation ${operation}`);
  return answer(input, item);
};

type Input = Request['input'];

const GET_FIELDS = ['TableName', 'Key', 'ConsistentRead'];
const PUT_FIELDS = ['TableName', 'Item'];
const UPDATE_FIELDS = [
  ...['TableName', 'Key', 'UpdateExpression', 'ConditionExpression'],
  ...['ExpressionAttributeNames', 'ExpressionAttributeValues'],
  ...['ReturnValues', 'ReturnValuesOnConditionCheckFailure'],
];

const get = (input: Input, item: Item | undefined): Answered => {
  assertKnown(input, GET_FIELDS);
  return { item, reply: { output: item ? { Item: item } : {} } };
};

const put = (input: Input): Answered => {
  assertKnown(input, PUT_FIELDS);
  return { item: inOrder(input.Item as Item), reply: { output: {} } };
};

const update = (input: Input, item: Item | undefined): Answered => {
  assertKnown(input, UPDATE_FIELDS);
  const bindings = bindingsOf(input);
  const condition = parseCondition(input.ConditionExpression as string, bindings);
  const change = parseUpdate(input.UpdateExpression as string, bindings);
  assertAllUsed(bindings);
  if (!condition(item ?? {})) return { item, reply: refusal(input, item) };
  const key = input.Key as Item;
  const after = inOrder(change(item ?? key));
  for (const [name, value] of Object.entries(key)) assertKept(name, value, after[name]);
  return { item: after, reply: { output: returned(input, item, after) } };
};

const OPERATIONS: Readonly<Record<string, (input: Input, item: Item | undefined) => Answered>> = {
  GetItem: get,
  PutItem: put,
  UpdateItem: update,
};

const bindingsOf = (input: Input): Bindings => ({
  names: input.ExpressionAttributeNames as Bindings['names'],
  values: input.ExpressionAttributeValues as Bindings['values'],
  used: new Set(),
});

const refusal = (input: Input, item: Item | undefined): Reply => {
  const wanted = input.ReturnValuesOnConditionCheckFailure ?? 'NONE';
  if (wanted === 'NONE') return { conditionFailedOn: undefined };
  return wanted === 'ALL_OLD' ? { conditionFailedOn: item } : failOn('return values', wanted);
};

const returned = (input: Input, before: Item | undefined, after: Item) => {
  const wanted = input.ReturnValues ?? 'NONE';
  if (wanted === 'NONE') return {};
  if (wanted === 'ALL_NEW') return { Attributes: after };
  if (wanted === 'ALL_OLD') return before ? { Attributes: before } : {};
  return failOn('return values', wanted);
};

const assertKnown = (input: Input, fields: readonly string[]): void => {
  for (const field of Object.keys(input)) if (!fields.includes(field)) failOn('field', field);
};

const assertAllUsed = ({ names, values, used }: Bindings): void => {
  for (const placeholder of [...Object.keys(names), ...Object.keys(values)]) {
    if (!used.has(placeholder)) failOn('use of the placeholder', placeholder);
  }
};

const assertKept = (name: string, key: AttributeValue, after: AttributeValue | undefined): void => {
  if (JSON.stringify(key) !== JSON.stringify(after)) failOn('change of the key', name);
};

const failOn = (what: string, which: unknown): never => {
  throw new UnknownExpressionError(`Unknown ${what}: ${which}`);
};

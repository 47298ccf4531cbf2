import { COUNTS_TABLE, SESSIONS_TABLE } from '../../src/tables/schema.ts';
import { arnOf } from '../deployment/account.ts';
import type { AwsCall } from './aws-call.ts';

/** A key, an item or values of an expression, as they are sent. */
type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What the requests that functions send may contain. */
interface Request {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Key?: Attributes;
  readonly Item?: Attributes;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeValues?: Attributes;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly Attributes[] }>>;
  readonly TransactItems?: readonly Readonly<Record<string, Request>>[];
}

/**
 * The calls that IAM decides about for a request to DynamoDB: one for each table of a batch, and those of its writes for
 * a transaction. AWS does not document whether the keys of a write in a transaction are its own or those of all its
 * writes, so there is a call for each of the two. Throws an Error for an operation that is not known here.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 */
export const dynamodbCalls = (operation: string, request: Request): AwsCall[] => {
  const { RequestItems = {}, TransactItems = [] } = request;
  switch (operation) {
    case 'BatchGetItem':
      return Object.entries(RequestItems).map(([table, { Keys }]) =>
        callOf(operation, { TableName: table }, Keys.flatMap(keysIn)),
      );
    case 'TransactWriteItems':
      return transactionCalls(TransactItems);
    case 'Query':
      return [callOf(operation, request, queriedKeys(request))];
    case 'GetItem':
    case 'DeleteItem':
    case 'PutItem':
    case 'UpdateItem':
      return [callOf(operation, request, keysOf(request))];
    case 'Scan':
      return [callOf(operation, request, [])];
    default:
      throw new Error(`${operation} must be known: add it to proof/permissions/dynamodb-calls.ts`);
  }
};

const callOf = (operation: string, request: Request, keys: readonly string[]): AwsCall => {
  const { TableName, IndexName } = request;
  const index = IndexName === undefined ? '' : `/index/${IndexName}`;
  return {
    action: `dynamodb:${operation}`,
    resource: arnOf('dynamodb', `table/${TableName}${index}`),
    context: keys.length > 0 ? { 'dynamodb:LeadingKeys': keys } : {},
  };
};

const ACTIONS: Readonly<Record<string, string>> = {
  ...{ Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem' },
  ConditionCheck: 'ConditionCheckItem',
};

const transactionCalls = (items: NonNullable<Request['TransactItems']>): AwsCall[] => {
  const writes = items.flatMap((item) => Object.entries(item));
  const keysInTable = (table: string | undefined): string[] =>
    writes.flatMap(([, write]) => (write.TableName === table ? keysOf(write) : []));
  return writes.flatMap(([kind, write]) =>
    [keysOf(write), keysInTable(write.TableName)].map((keys) =>
      callOf(ACTIONS[kind] ?? kind, write, keys),
    ),
  );
};

const PARTITION_KEYS = [SESSIONS_TABLE.partitionKey, COUNTS_TABLE.partitionKey];

const keysOf = ({ Key, Item = {} }: Request): string[] => keysIn(Key ?? Item);

// The value of the partition key, without its type.
const keysIn = (attributes: Attributes): string[] =>
  PARTITION_KEYS.flatMap((name) => Object.values(attributes[name] ?? {}).map(String));

const queriedKeys = ({ KeyConditionExpression = '', ExpressionAttributeValues }: Request) => {
  const [, placeholder = ''] = /= (:\w+)/.exec(KeyConditionExpression) ?? [];
  return Object.values(ExpressionAttributeValues?.[placeholder] ?? {}).map(String);
};

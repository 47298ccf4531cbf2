import { expect, it } from 'vitest';
import { dynamodbCalls } from '../../../proof/permissions/dynamodb-calls.ts';

const TABLE = 'arn:aws:dynamodb:eu-central-1:111122223333:table';
const onKeys = (...keys: string[]) => ({ 'dynamodb:LeadingKeys': keys });
const keyOf = (name: string) => ({ counter: { S: name } });

it.each(['GetItem', 'UpdateItem', 'DeleteItem'])(
  '%s is a call on its table and key',
  (operation) => {
    const Key = { session_hash: { S: 'abc' } };
    expect(dynamodbCalls(operation, { TableName: 'T', Key })).toEqual([
      { action: `dynamodb:${operation}`, resource: `${TABLE}/T`, context: onKeys('abc') },
    ]);
  },
);

it('PutItem has the key of its item', () => {
  const Item = { counter: { S: 'last_audit' }, at: { S: 'now' } };
  expect(dynamodbCalls('PutItem', { TableName: 'T', Item })).toEqual([
    { action: 'dynamodb:PutItem', resource: `${TABLE}/T`, context: onKeys('last_audit') },
  ]);
});

it('Query is a call on its index and the value of the partition key', () => {
  const query = {
    ...{ TableName: 'T', IndexName: 'I' },
    KeyConditionExpression: '#shard = :shard AND #at BETWEEN :from AND :until',
    ExpressionAttributeValues: { ':shard': { N: '3' }, ':from': { S: 'a' }, ':until': { S: 'b' } },
  };
  expect(dynamodbCalls('Query', query)).toEqual([
    { action: 'dynamodb:Query', resource: `${TABLE}/T/index/I`, context: onKeys('3') },
  ]);
});

it('Scan has no key', () => {
  expect(dynamodbCalls('Scan', { TableName: 'T' })).toEqual([
    { action: 'dynamodb:Scan', resource: `${TABLE}/T`, context: {} },
  ]);
});

it('BatchGetItem is a call on each table with all its keys', () => {
  const RequestItems = { A: { Keys: [keyOf('1'), keyOf('2')] }, B: { Keys: [keyOf('3')] } };
  expect(dynamodbCalls('BatchGetItem', { RequestItems })).toEqual([
    { action: 'dynamodb:BatchGetItem', resource: `${TABLE}/A`, context: onKeys('1', '2') },
    { action: 'dynamodb:BatchGetItem', resource: `${TABLE}/B`, context: onKeys('3') },
  ]);
});

it('each write of a transaction is a call with its own key, and one with all keys in its table', () => {
  const TransactItems: Record<string, object>[] = [
    { Put: { TableName: 'T', Item: keyOf('name/a') } },
    { Update: { TableName: 'T', Key: keyOf('names') } },
    { Delete: { TableName: 'U', Key: keyOf('other') } },
  ];
  const resource = `${TABLE}/T`;
  expect(dynamodbCalls('TransactWriteItems', { TransactItems })).toEqual([
    { action: 'dynamodb:PutItem', resource, context: onKeys('name/a') },
    { action: 'dynamodb:PutItem', resource, context: onKeys('name/a', 'names') },
    { action: 'dynamodb:UpdateItem', resource, context: onKeys('names') },
    { action: 'dynamodb:UpdateItem', resource, context: onKeys('name/a', 'names') },
    ...Array(2).fill({
      ...{ action: 'dynamodb:DeleteItem', resource: `${TABLE}/U` },
      context: onKeys('other'),
    }),
  ]);
});

it('refuses an operation that is not known', () => {
  expect(() => dynamodbCalls('BatchWriteItem', {})).toThrow('BatchWriteItem must be known');
});

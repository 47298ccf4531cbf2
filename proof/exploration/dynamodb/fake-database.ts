import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { answerRequest } from './answer-request.ts';
import { canonicalText, type Item } from './attribute-value.ts';
import { createFakeClient } from './fake-client.ts';

/** A client of in-memory tables served by the interpreter, for the contract tests. */
export const createFakeDatabase = (): DynamoDBDocumentClient => {
  const items = new Map<string, Item>();
  return createFakeClient(async (request) => {
    const { TableName, Key } = request.input;
    const place = canonicalText([TableName, Key]);
    const { item, reply } = answerRequest(request, items.get(place));
    if (item) items.set(place, item);
    return reply;
  });
};

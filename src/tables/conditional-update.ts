import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createPlaceholders, type Placeholders } from './expression.ts';
import { COUNTER, counterKey } from './schema.ts';

/** An update of the counter item, and the condition that it depends on. */
export interface Write {
  readonly expression: string;
  readonly condition: string;
}

/** Sends a conditional update; resolves to whether its condition held. Throws what the SDK throws. */
export type ConditionalUpdate = (write: (placeholders: Placeholders) => Write) => Promise<boolean>;

/** The conditional updates of the item of a counter, one UpdateItem each. */
export const createConditionalUpdate =
  (client: DynamoDBDocumentClient, tableName: string, counter: string): ConditionalUpdate =>
  async (write) => {
    const placeholders = createPlaceholders();
    const { expression, condition } = write(placeholders);
    const command = new UpdateCommand({
      TableName: tableName,
      Key: { [COUNTER.name]: counterKey(counter) },
      UpdateExpression: expression,
      ConditionExpression: condition,
      ExpressionAttributeNames: placeholders.names,
      ExpressionAttributeValues: placeholders.values,
    });
    return client.send(command).then(() => true, falseIfConditionFailed);
  };

/** False for a failed condition. Throws any other error. */
export const falseIfConditionFailed = (error: unknown): false => {
  if (error instanceof ConditionalCheckFailedException) return false;
  throw error;
};

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Baseline, ShownCounter } from '../domain/baseline.ts';
import { EMPTY_COUNTER } from '../domain/counter.ts';
import { COUNTER, counterKey } from './schema.ts';
import { parseShownCounter } from './shown-counter.ts';

/**
 * Sets the baseline of a counter, or removes it, and returns the counter after this write, which changes no other
 * attribute. So the projector and a rebuild may write at the same time, and a repeated request changes nothing more.
 * Throws what the SDK throws.
 */
export const setBaseline = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  counter: string,
  baseline: Baseline | undefined,
): Promise<ShownCounter> => {
  const command = new UpdateCommand({
    TableName: tableName,
    Key: { [COUNTER.name]: counterKey(counter) },
    ...(baseline ? settingTo(baseline) : REMOVAL),
    ReturnValues: 'ALL_NEW',
  });
  try {
    return parseShownCounter((await client.send(command)).Attributes);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return EMPTY_COUNTER;
    throw error;
  }
};

const settingTo = (baseline: Baseline) => ({
  UpdateExpression: 'SET #baseline = :baseline',
  ExpressionAttributeNames: { '#baseline': COUNTER.baseline },
  ExpressionAttributeValues: { ':baseline': baseline },
});

// Without the condition, UpdateItem would create an empty item.
const REMOVAL = {
  UpdateExpression: 'REMOVE #baseline',
  ConditionExpression: 'attribute_exists(#key)',
  ExpressionAttributeNames: { '#baseline': COUNTER.baseline, '#key': COUNTER.name },
};

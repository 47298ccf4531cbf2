import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { CounterChange } from '../domain/counter-change.ts';
import type { CommitAnswer, CommitChange } from '../domain/counter-store.ts';
import { parseCounterItem } from './counter-item.ts';
import { counterUpdate } from './counter-update.ts';

/**
 * Commits changes to the counter item: one conditional UpdateItem each, no read. When the condition
 * fails, DynamoDB returns the current item, so the caller can plan again without a read. Throws
 * everything else that the SDK throws.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
 */
export const createCommitChange =
  (client: DynamoDBDocumentClient, tableName: string): CommitChange =>
  async (change) => {
    try {
      return await commit(client, tableName, change);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The document client does not unmarshall the item of an error.
      return {
        status: 'conflict',
        counter: parseCounterItem(error.Item && unmarshall(error.Item)),
      };
    }
  };

const commit = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  change: CounterChange,
): Promise<CommitAnswer> => {
  const { Attributes } = await client.send(new UpdateCommand(counterUpdate(tableName, change)));
  return { status: 'committed', counter: parseCounterItem(Attributes) };
};

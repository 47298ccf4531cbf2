import { setTimeout } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

/** The writes of a transaction. */
export type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

const ATTEMPTS = 6;
const FIRST_DELAY_MS = 25;
const FAILED = 'ConditionalCheckFailed';
const CONFLICT = 'TransactionConflict';

/**
 * Writes all or nothing, and says of each write whether its condition failed: all are false if they are written. Sends
 * the transaction again, up to five times, while others change the same items; but not once the condition of the
 * first write has failed. Throws what the SDK throws, such as the last of these conflicts.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 */
export const sendTransaction = async (
  client: DynamoDBDocumentClient,
  writes: Writes,
): Promise<readonly boolean[]> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: writes }));
      return writes.map(() => false);
    } catch (error) {
      const reasons = reasonsOf(error);
      const isConflict = reasons[0] !== FAILED && reasons.includes(CONFLICT);
      if (!isConflict && reasons.includes(FAILED))
        return reasons.map((reason) => reason === FAILED);
      if (!isConflict || attempt === ATTEMPTS) throw error;
    }
    // Random, so that those who met do not meet again.
    await setTimeout(Math.random() * FIRST_DELAY_MS * 2 ** attempt);
  }
};

// One reason for each write, in their order.
const reasonsOf = (error: unknown): (string | undefined)[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code)
    : [];

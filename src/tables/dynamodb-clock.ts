import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Epoch milliseconds by DynamoDB's clock: never behind it, ahead by a second and an answer's time. */
export type DynamoDBClock = () => number;

// An answer tells the second that it was made in.
const STEP_MS = 1_000;

/** What the SDK calls a response. */
interface HttpAnswer {
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * DynamoDB's clock, read from the answers that `client` gets from now on; this machine's own clock
 * until the first. What the times of stream records are compared with must be that clock: an
 * operator's own may be behind by minutes, and a visit that waits to be counted would look counted.
 */
export const createDynamoDBClock = (client: DynamoDBDocumentClient): DynamoDBClock => {
  let aheadMs = 0;
  // Counted from when it was asked: the answer may have been long on its way.
  const note = (answer: unknown, askedAt: number): void => {
    const dateMs = Date.parse((answer as HttpAnswer).headers.date ?? '');
    if (!Number.isNaN(dateMs)) aheadMs = dateMs + STEP_MS - askedAt;
  };
  client.middlewareStack.add(
    (next) => async (args) => {
      const askedAt = performance.now();
      const result = await next(args);
      note(result.response, askedAt);
      return result;
    },
    // Of each attempt, not of the whole request: what came before the one that was answered is over.
    { step: 'deserialize' },
  );
  return () => (aheadMs === 0 ? Date.now() : Math.ceil(performance.now() + aheadMs));
};

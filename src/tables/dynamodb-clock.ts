import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Epoch milliseconds by DynamoDB's clock: never behind it, and ahead by at most a second and a round trip. */
export type DynamoDBClock = () => number;

// The Date header of a response has whole seconds, rounded down.
const STEP_MS = 1_000;

/** The part that is read of an HTTP response. */
interface HttpResponse {
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * DynamoDB's clock, read from the responses that `client` receives from now on; before the first, this
 * machine's clock. Times of stream records must be compared with DynamoDB's clock: an operator's clock
 * may be minutes behind, and a visit that is still waiting would then look counted.
 */
export const createDynamoDBClock = (client: DynamoDBDocumentClient): DynamoDBClock => {
  let aheadMs = 0;
  // Measured from the request, because the response may have taken long to arrive.
  const synchronize = (response: unknown, sentAt: number): void => {
    const dateMs = Date.parse((response as HttpResponse).headers.date ?? '');
    if (!Number.isNaN(dateMs)) aheadMs = dateMs + STEP_MS - sentAt;
  };
  client.middlewareStack.add(
    (next) => async (args) => {
      const sentAt = performance.now();
      const result = await next(args);
      synchronize(result.response, sentAt);
      return result;
    },
    // Runs once per attempt: earlier attempts must not add to the time of the one that was answered.
    { step: 'deserialize' },
  );
  return () => (aheadMs === 0 ? Date.now() : Math.ceil(performance.now() + aheadMs));
};

/**
 * Whether a handler's response reports success for the whole batch. Behind a tumbling window, Lambda
 * treats any other response as a failed batch.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
 */
export const isBatchSuccess = (response: unknown): boolean => {
  const { state, batchItemFailures } = (response ?? {}) as Record<string, unknown>;
  const hasNoFailures = Array.isArray(batchItemFailures) && batchItemFailures.length === 0;
  return typeof state === 'object' && state !== null && hasNoFailures;
};

/**
 * Whether a handler's answer says that the whole batch is taken. Lambda takes anything else from
 * a function behind a tumbling window for a failed batch.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
 */
export const isBatchSuccess = (answer: unknown): boolean => {
  const { state, batchItemFailures } = (answer ?? {}) as Record<string, unknown>;
  const isWhole = Array.isArray(batchItemFailures) && batchItemFailures.length === 0;
  return typeof state === 'object' && state !== null && isWhole;
};

import type { FunctionName } from '../../../settings/function-name.ts';
import type { Put } from '../collector.ts';

/**
 * The same handler, whose calls are measured as Lambda measures them. Errors are passed on. Nothing here limits the
 * number of concurrent calls, so no call is throttled.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export const observeFunction =
  <Given extends unknown[], Result>(
    functionName: FunctionName,
    handler: (...given: Given) => Promise<Result>,
    put: Put,
  ): ((...given: Given) => Promise<Result>) =>
  async (...given) => {
    const startedMs = performance.now();
    const measure = (errors: number): void => {
      const metricOf = (name: string) => lambdaMetric(name, functionName);
      put(metricOf('Errors'), errors, 'Count');
      put(metricOf('Throttles'), 0, 'Count');
      put(metricOf('Duration'), performance.now() - startedMs, 'Milliseconds');
    };
    try {
      const result = await handler(...given);
      measure(0);
      return result;
    } catch (error) {
      measure(1);
      throw error;
    }
  };

/** A metric that Lambda emits for a function. */
export const lambdaMetric = (name: string, functionName: FunctionName) => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName: functionName },
});

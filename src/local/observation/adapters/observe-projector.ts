import type { ProjectorHandler } from '../../../projector/projector-handler.ts';
import type { Put } from '../collector.ts';
import { lambdaMetric, observeFunction } from './observe-function.ts';

/**
 * The projector, whose calls and the age of what they get are measured as Lambda measures them: the age of the last
 * record of a batch when it is delivered, again with each retry. DynamoDB dates records in whole seconds.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#performance-metrics
 */
export const observeProjector = (handler: ProjectorHandler, put: Put): ProjectorHandler => {
  const observed = observeFunction('projector', handler, put);
  return (event) => {
    const writtenSeconds = event.Records?.at(-1)?.dynamodb?.ApproximateCreationDateTime;
    if (writtenSeconds !== undefined) {
      const ageMs = Math.max(0, Date.now() - writtenSeconds * 1_000);
      put(lambdaMetric('IteratorAge', 'projector'), ageMs, 'Milliseconds');
    }
    return observed(event);
  };
};

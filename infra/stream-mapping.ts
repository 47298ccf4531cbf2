import { Lazy } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_SOURCE } from '../src/tables/event-source-settings.ts';

/** By what a mapping is known to the function that watches it. */
export interface StreamMapping {
  readonly id: string;
  readonly arn: string;
}

/** A mapping that is made later: one of the functions watches it, and it calls another of them. */
export const referToMapping = (find: () => CfnEventSourceMapping): StreamMapping => ({
  id: Lazy.string({ produce: () => find().ref }),
  arn: Lazy.string({ produce: () => find().attrEventSourceMappingArn }),
});

/**
 * Lets the stream of the sessions table call the projector (or who observes how it is called), as the proof of the count demands.
 * There is no partial failure, for a batch is one write, and no destination for what failed, for
 * nothing is ever discarded: a batch comes again until it is counted.
 */
export const addStreamMapping = (
  scope: Construct,
  sessions: Pick<ITable, 'tableStreamArn'>,
  projector: IFunction,
): CfnEventSourceMapping => {
  const { proof, batchSize, batchingWindowSeconds, eventNames } = EVENT_SOURCE;
  // The L2 construct cannot say -1 for the age of a record.
  return new CfnEventSourceMapping(scope, 'StreamMapping', {
    functionName: projector.functionName,
    // The default, but what a template does not say is no drift that a deployment could revert.
    enabled: true,
    eventSourceArn: sessions.tableStreamArn,
    startingPosition: proof.startingPosition,
    parallelizationFactor: proof.parallelizationFactor,
    tumblingWindowInSeconds: proof.tumblingWindowSeconds,
    maximumRetryAttempts: proof.maximumRetryAttempts,
    maximumRecordAgeInSeconds: proof.maximumRecordAgeSeconds,
    bisectBatchOnFunctionError: proof.bisectBatchOnFunctionError,
    batchSize,
    maximumBatchingWindowInSeconds: batchingWindowSeconds,
    filterCriteria: { filters: [{ pattern: JSON.stringify({ eventName: eventNames }) }] },
  });
};

import { Lazy } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { EVENT_SOURCE } from '../src/tables/event-source-settings.ts';

/** What identifies a mapping, for the function that watches it. */
export interface StreamMapping {
  readonly id: string;
  readonly arn: string;
}

/** A mapping that is created later: it calls one of the functions, and another one watches it. */
export const referToMapping = (find: () => CfnEventSourceMapping): StreamMapping => ({
  id: Lazy.string({ produce: () => find().ref }),
  arn: Lazy.string({ produce: () => find().attrEventSourceMappingArn }),
});

export interface StreamMappingProps {
  readonly sessions: Pick<ITable, 'tableStreamArn'>;
  readonly projector: IFunction;
  readonly batchingWindowSeconds: number;
}

/**
 * Lets the stream of the sessions table call the projector, or the observer, with the settings that
 * exactness depends on. There are no partial batch failures, because what was counted of a batch that
 * comes again is a duplicate, and no failure destination, because nothing is discarded: a batch is retried
 * until it is counted. The batching window limits the projector to one write of a counter per window and shard.
 */
export const addStreamMapping = (
  scope: Construct,
  { sessions, projector, batchingWindowSeconds }: StreamMappingProps,
): CfnEventSourceMapping => {
  const { proof, batchSize, eventNames } = EVENT_SOURCE;
  // The L2 construct does not accept -1 as the maximum age of a record.
  return new CfnEventSourceMapping(scope, 'StreamMapping', {
    functionName: projector.functionName,
    // The default, but a deployment can only revert drift of what the template says.
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

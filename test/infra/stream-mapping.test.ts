import { Duration } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { synthesize } from './synthesize.ts';

it('gathers records for as long as the prop says', () => {
  const { properties } = synthesize({ batchingWindow: Duration.minutes(1) });
  expect(properties('AWS::Lambda::EventSourceMapping')).toMatchObject({
    MaximumBatchingWindowInSeconds: 60,
  });
});

it('has every setting that exactness depends on, and no other', () => {
  expect(synthesize().properties('AWS::Lambda::EventSourceMapping')).toEqual({
    FunctionName: 'Functions/projector/Function',
    Enabled: true,
    EventSourceArn: 'Tables/Sessions.StreamArn',
    StartingPosition: 'TRIM_HORIZON',
    ParallelizationFactor: 1,
    TumblingWindowInSeconds: 900,
    MaximumRetryAttempts: -1,
    MaximumRecordAgeInSeconds: -1,
    BisectBatchOnFunctionError: false,
    BatchSize: 10_000,
    MaximumBatchingWindowInSeconds: 1,
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT","REMOVE"]}' }] },
  });
});

import { join } from 'node:path';
import { type App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { addRole, LOGGING } from '../add-function.ts';
import { addLogGroup } from '../log-group.ts';
import { allow, policyOf, READ_STREAM } from '../permissions.ts';
import { BATCHING_WINDOW } from '../props/batching-window.ts';
import { addStreamMapping } from '../stream-mapping.ts';
import { LOG_OUTPUT, OBSERVER_DESCRIPTION } from './observer-names.ts';

export interface ObserverStackProps {
  readonly name: string;
  readonly streamArn: string;
  readonly bundleFolder?: string;
}

/**
 * A stack with one function that reads the same stream as the projector, by a mapping with the same
 * settings. It may read the stream and write its own log; it cannot change the counter.
 */
export const addObserverStack = (
  app: App,
  { name, streamArn, bundleFolder = 'dist' }: ObserverStackProps,
): Stack => {
  const stack = new Stack(app, name, { description: OBSERVER_DESCRIPTION });
  const logGroup = addLogGroup(stack, 'Log', RetentionDays.ONE_WEEK);
  const observer = new LambdaFunction(stack, 'Observer', {
    description: 'session-counter observer',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(join(bundleFolder, 'observer')),
    handler: 'index.handler',
    // A full batch is 10,000 records, about 20 MB once parsed.
    memorySize: 256,
    // Short, because some invocations hang on purpose until it ends them.
    timeout: Duration.seconds(10),
    environment: { STREAM_ARN: streamArn },
    role: addRole(stack, logGroup, policyOf(allow(streamArn, ...READ_STREAM))),
    logGroup,
    ...LOGGING,
  });
  addStreamMapping(stack, {
    sessions: { tableStreamArn: streamArn },
    projector: observer,
    batchingWindowSeconds: BATCHING_WINDOW.default,
  });
  new CfnOutput(stack, LOG_OUTPUT, {
    description: 'The log group with the observations',
    value: logGroup.logGroupName,
  });
  return stack;
};

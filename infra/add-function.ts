import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { type PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { BUNDLE_FOLDER } from './bundle-folder.ts';
import type { Variables } from './environments.ts';
import { addLogGroup } from './log-group.ts';
import type { FunctionLimits } from './props/function-limits.ts';
import { InvalidPropError } from './props/invalid-prop-error.ts';

/** What one function needs. */
export interface FunctionParts {
  /** The folder of its bundle. */
  readonly name: string;
  readonly limits: FunctionLimits;
  readonly bundleFolder: string | undefined;
  readonly permissions: PolicyDocument;
  readonly environment?: Variables;
  readonly reservedConcurrency?: number | undefined;
}

/**
 * Adds a function with its bundle, its role and its log group. Throws an InvalidPropError if the bundle is
 * missing.
 */
export const addFunction = (scope: Construct, parts: FunctionParts): LambdaFunction => {
  const { name, limits, permissions, environment, reservedConcurrency } = parts;
  const logGroup = addLogGroup(scope, 'Log');
  return new LambdaFunction(scope, 'Function', {
    description: `session-counter ${name}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(findBundle(parts.bundleFolder ?? BUNDLE_FOLDER, name)),
    handler: 'index.handler',
    memorySize: limits.memoryMegabytes,
    timeout: Duration.seconds(limits.timeoutSeconds),
    environment,
    role: addRole(scope, logGroup, permissions),
    reservedConcurrentExecutions: reservedConcurrency,
    logGroup,
    ...LOGGING,
  });
};

// A folder without its file would be deployed, and each call of the function would fail.
const findBundle = (bundleFolder: string, name: string): string => {
  const folder = join(bundleFolder, name);
  if (existsSync(join(folder, 'index.mjs'))) return folder;
  const expected = `a folder with ${name}/index.mjs (in a checkout, npm run build writes it to dist)`;
  throw new InvalidPropError('bundleFolder', expected, bundleFolder);
};

/**
 * The log configuration of every function. JSON, so that messages of the runtime (a crash, a timeout)
 * can be searched like our lines. Metrics are not affected: Powertools bypasses the console that the
 * runtime wraps, and a JSON line without a level is logged unchanged, at level INFO.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html#nodejs-logging-advanced-emf
 */
export const LOGGING = {
  loggingFormat: LoggingFormat.JSON,
  // The START and REPORT lines of each successful call would cost more than the call.
  systemLogLevelV2: SystemLogLevel.WARN,
};

/**
 * The role of a function, with these permissions and with write access to this log group, which is added to
 * them. The managed policy for logs would let each function write to every log group, and create some.
 */
export const addRole = (scope: Construct, log: LogGroup, permissions: PolicyDocument): Role => {
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  permissions.addStatements(new PolicyStatement({ actions, resources: [log.logGroupArn] }));
  return new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Permissions: permissions },
  });
};

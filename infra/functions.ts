import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ALL_FUNCTIONS, FUNCTIONS, type FunctionName } from '../src/settings/function-name.ts';
import { BUNDLE_FOLDER } from './bundle-folder.ts';
import type { Variables } from './environments.ts';
import { addLogGroup } from './log-group.ts';
import { FUNCTION_LIMITS, type FunctionLimits } from './props/function-limits.ts';
import { InvalidPropError } from './props/invalid-prop-error.ts';

export interface FunctionsProps {
  /** The folder with `<function>/index.mjs` for each function; by default that of this package. */
  readonly bundleFolder?: string | undefined;
  readonly environments: Record<FunctionName, Variables>;
  readonly permissions: Record<FunctionName, PolicyStatement[]>;
  readonly reservedConcurrency: Partial<Record<FunctionName, number>>;
  readonly hasLegacyRoute: boolean;
}

/** The deployed functions by name; `legacy` is one of them only with its route. */
export type Functions = Record<(typeof FUNCTIONS)[number], LambdaFunction> & {
  readonly legacy?: LambdaFunction;
};

/** The deployed functions, with their names. */
export const listFunctions = (functions: Functions): [name: string, f: LambdaFunction][] =>
  Object.entries(functions).flatMap(([name, f]) => (f ? [[name, f]] : []));

/**
 * Adds the functions with their bundles, each with its own role and log group. Throws an
 * InvalidPropError if a bundle is missing.
 */
export const addFunctions = (scope: Construct, props: FunctionsProps): Functions => {
  const functions = new Construct(scope, 'Functions');
  const names = props.hasLegacyRoute ? ALL_FUNCTIONS : FUNCTIONS;
  const entries = names.map((name) => {
    const parts = {
      ...{ name, limits: FUNCTION_LIMITS[name], bundleFolder: props.bundleFolder },
      ...{ permissions: props.permissions[name], environment: props.environments[name] },
      reservedConcurrency: props.reservedConcurrency[name],
    };
    return [name, addFunction(new Construct(functions, name), parts)];
  });
  return Object.fromEntries(entries) as Functions;
};

/** What one function needs. */
export interface FunctionParts {
  /** The folder of its bundle. */
  readonly name: string;
  readonly limits: FunctionLimits;
  readonly bundleFolder: string | undefined;
  readonly permissions: PolicyStatement[];
  readonly environment?: Variables;
  readonly reservedConcurrency?: number | undefined;
}

/** Adds a function with its role and its log group. Throws like `addFunctions`. */
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
 * The role of a function, with these permissions and with write access to this log group. The managed
 * policy for logs would let each function write to every log group, and create some.
 */
export const addRole = (scope: Construct, log: LogGroup, permissions: PolicyStatement[]): Role => {
  const writeLog = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [log.logGroupArn],
  });
  return new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      Permissions: new PolicyDocument({ statements: [...permissions, writeLog] }),
    },
  });
};

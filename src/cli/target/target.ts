import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBStreamsClient,
  type DynamoDBStreamsClientConfig,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createClient, LIMITS } from '../../runtime/aws-client.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { type Environment, readOptional } from '../../settings/readers.ts';
import { createDocumentClient } from '../../tables/document-client.ts';
import { UsageError } from '../command-error.ts';
import type { CounterLocation } from './counter-location.ts';
import { locateLocalCounter } from './local-instance.ts';
import { locateStackCounter } from './stack.ts';

/** The counter that a command works on. */
export interface Target extends CounterLocation {
  readonly client: DynamoDBDocumentClient;
  readonly streams: DynamoDBStreamsClient;
}

/** The options that select a counter. */
export const TARGET_OPTIONS = {
  stack: { type: 'string' },
  construct: { type: 'string' },
  'sessions-table': { type: 'string' },
  'counts-table': { type: 'string' },
  local: { type: 'boolean' },
  data: { type: 'string' },
} as const;

/** The help for these options. */
export const TARGET_HELP = `Target (exactly one of):
  --stack NAME [--construct ID]              a deployed stack; ID selects one of several SessionCounters in it
  --sessions-table NAME --counts-table NAME  two tables; AWS_* variables select account and region
  --local [--data DIR]                       the counter that ${commandLine('start')} runs (default DIR: data)`;

type TargetValues = {
  readonly [Name in keyof typeof TARGET_OPTIONS]?:
    | ((typeof TARGET_OPTIONS)[Name]['type'] extends 'string' ? string : boolean)
    | undefined;
};

/**
 * Finds the counter that the options select. Throws a UsageError unless they select exactly one,
 * and a CommandError if it does not exist.
 */
export const openTarget = async (values: TargetValues, env: Environment): Promise<Target> => {
  const location = await locateCounter(values, env);
  return {
    ...location,
    client: createTableClient(location.connection ?? {}),
    streams: createClient(DynamoDBStreamsClient, LIMITS.streams, streamsConfig(location, env)),
  };
};

// An emulator serves both APIs at one address, and usually only the variable for DynamoDB is set.
const streamsConfig = (
  { connection }: CounterLocation,
  env: Environment,
): DynamoDBStreamsClientConfig => {
  if (connection) return connection;
  const own = readOptional(env, 'AWS_ENDPOINT_URL_DYNAMODB_STREAMS');
  const endpoint = own ?? readOptional(env, 'AWS_ENDPOINT_URL_DYNAMODB');
  return endpoint === undefined ? {} : { endpoint };
};

// A command has time: it slows down when it is throttled instead of failing.
const RETRIES = { retryMode: 'adaptive', maxAttempts: 10 } as const;

/**
 * Creates a DynamoDB client for commands, configured by `config` and otherwise by the SDK's
 * environment variables. It retries while a table is throttled, and times out when it does not
 * respond.
 */
export const createTableClient = (config: DynamoDBClientConfig): DynamoDBDocumentClient =>
  createDocumentClient({ ...config, ...RETRIES }, LIMITS.tablesOutsideLambda);

const locateCounter = async (values: TargetValues, env: Environment): Promise<CounterLocation> => {
  const { stack, construct, local, data } = values;
  const sessionsTable = values['sessions-table'];
  const countsTable = values['counts-table'];
  const given = [stack, local, sessionsTable ?? countsTable].filter((one) => one !== undefined);
  const isMisplaced =
    (data !== undefined && !local) || (construct !== undefined && stack === undefined);
  if (given.length !== 1 || isMisplaced) throw new UsageError(TARGET_HELP);
  if (stack !== undefined) return locateStackCounter(stack, construct);
  if (local) return locateLocalCounter(data ?? 'data', env);
  if (sessionsTable === undefined || countsTable === undefined) throw new UsageError(TARGET_HELP);
  return { sessionsTable, countsTable, settings: env, name: `${sessionsTable} and ${countsTable}` };
};

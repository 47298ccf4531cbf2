import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBStreamsClient,
  type DynamoDBStreamsClientConfig,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createClient, LIMITS } from '../../runtime/aws-client.ts';
import { type Environment, readOptional } from '../../settings/readers.ts';
import { createDocumentClient } from '../../tables/document-client.ts';
import { UsageError } from '../command-error.ts';
import { findLocalCounter } from './local-instance.ts';
import type { Place } from './place.ts';
import { readStack } from './stack.ts';

/** The counter that a command works on. */
export interface Target extends Place {
  readonly client: DynamoDBDocumentClient;
  readonly streams: DynamoDBStreamsClient;
}

/** The options of every command that works on a counter. */
export const TARGET_OPTIONS = {
  stack: { type: 'string' },
  'sessions-table': { type: 'string' },
  'counts-table': { type: 'string' },
  local: { type: 'boolean' },
  data: { type: 'string' },
} as const;

/** What they mean, for a command's help. */
export const TARGET_HELP = `Which counter (one of):
  --stack NAME                              a deployed stack
  --sessions-table NAME --counts-table NAME two tables; the SDK's own variables say where
  --local [--data DIR]                      the one that npm start runs (DIR: data)`;

type TargetValues = {
  readonly [Name in keyof typeof TARGET_OPTIONS]?:
    | ((typeof TARGET_OPTIONS)[Name]['type'] extends 'string' ? string : boolean)
    | undefined;
};

/**
 * Finds the counter that the options name. Throws a UsageError unless they name exactly one, a
 * CommandError when it is not there.
 */
export const openTarget = async (values: TargetValues, env: Environment): Promise<Target> => {
  const place = await findPlace(values, env);
  return {
    ...place,
    client: openTables(place.connection ?? {}),
    streams: createClient(DynamoDBStreamsClient, LIMITS.streams, streamsConfig(place, env)),
  };
};

// An emulator has both services at one address, and the variable for tables is the one that is set.
const streamsConfig = ({ connection }: Place, env: Environment): DynamoDBStreamsClientConfig => {
  if (connection) return connection;
  const own = readOptional(env, 'AWS_ENDPOINT_URL_DYNAMODB_STREAMS');
  const endpoint = own ?? readOptional(env, 'AWS_ENDPOINT_URL_DYNAMODB');
  return endpoint === undefined ? {} : { endpoint };
};

// Nobody needs an answer in milliseconds, and a limit is no reason to give up.
const PATIENCE = { retryMode: 'adaptive', maxAttempts: 10 } as const;

/**
 * The client of a command for tables, where `place` says or where the SDK's own variables do. It
 * waits for a table that is at its limit, and gives up on one that falls silent.
 */
export const openTables = (place: DynamoDBClientConfig): DynamoDBDocumentClient =>
  createDocumentClient({ ...place, ...PATIENCE }, LIMITS.tablesOutsideLambda);

const findPlace = async (values: TargetValues, env: Environment): Promise<Place> => {
  const { stack, local, data } = values;
  const sessionsTable = values['sessions-table'];
  const countsTable = values['counts-table'];
  const given = [stack, local, sessionsTable ?? countsTable].filter((one) => one !== undefined);
  if (given.length !== 1 || (data !== undefined && !local)) throw new UsageError(TARGET_HELP);
  if (stack !== undefined) return readStack(stack);
  if (local) return findLocalCounter(data ?? 'data', env);
  if (sessionsTable === undefined || countsTable === undefined) throw new UsageError(TARGET_HELP);
  return { sessionsTable, countsTable, settings: env, name: `${sessionsTable} and ${countsTable}` };
};

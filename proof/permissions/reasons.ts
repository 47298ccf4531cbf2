import { LAST_AUDIT, NAME_PREFIX, NAMES } from '../../src/tables/schema.ts';
import { READ_WITH_KEY, WRITE_WITH_KEY } from './key-actions.ts';
import type { ListedGrant } from './listed-grant.ts';

/** Why functions are allowed something; a line of the documentation. */
export interface Reason {
  readonly functions: readonly string[];
  readonly actions: readonly string[];
  readonly places: readonly string[];
  readonly keys?: readonly string[];
  readonly why: string;
}

const dynamodb = (...operations: string[]): string[] =>
  operations.map((operation) => `dynamodb:${operation}`);

const READ_KEY = 'DynamoDB reads a table that a customer managed key encrypts';
const WRITE_KEY = 'DynamoDB writes a table that a customer managed key encrypts';

/** Every function, those of custom resources last. */
export const FUNCTION_NAMES = [
  ...['ingest', 'projector', 'query', 'reporter', 'audit', 'legacy', 'digest'],
  ...['hash-key', 'active-shards'],
];

/** Every permission of every function, with its reason. */
export const REASONS: readonly Reason[] = [
  {
    functions: ['ingest', 'legacy'],
    actions: dynamodb('UpdateItem'),
    places: ['sessions table'],
    why: 'counts a visit',
  },
  {
    functions: ['ingest'],
    actions: dynamodb('DeleteItem'),
    places: ['sessions table'],
    why: 'forgets the session of the caller',
  },
  {
    functions: ['ingest'],
    actions: dynamodb('GetItem', 'PutItem', 'UpdateItem'),
    places: ['counts table'],
    keys: [`${NAME_PREFIX}*`, NAMES],
    why: 'looks up and stores a name that a pattern in `counters` matches, and counts the names',
  },
  {
    functions: ['ingest', 'legacy'],
    actions: ['ssm:GetParameter'],
    places: ['parameter of the hash key'],
    why: 'reads the key, with which it hashes visitors',
  },
  {
    functions: ['ingest', 'legacy'],
    actions: ['secretsmanager:GetSecretValue'],
    places: ['secret of the hash key'],
    why: 'the same, with `hashKeySecret`',
  },
  {
    functions: ['projector'],
    actions: dynamodb('UpdateItem'),
    places: ['counts table'],
    why: 'counts the records of a batch',
  },
  {
    functions: ['projector'],
    actions: dynamodb('DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'),
    places: ['stream of the sessions table'],
    why: 'Lambda reads the stream for it',
  },
  {
    functions: ['query', 'reporter', 'legacy'],
    actions: dynamodb('GetItem'),
    places: ['counts table'],
    why: 'reads a counter; reporter also the result of the last audit',
  },
  {
    functions: ['query', 'reporter', 'legacy'],
    actions: dynamodb('Query'),
    places: ['index of active sessions'],
    why: 'counts the active sessions',
  },
  {
    functions: ['query'],
    actions: dynamodb('BatchGetItem'),
    places: ['counts table'],
    why: 'reads several counters for one request, with `counters`',
  },
  {
    functions: ['reporter'],
    actions: ['lambda:GetEventSourceMapping'],
    places: ['event source mapping'],
    why: 'reports a mapping that is not enabled',
  },
  {
    functions: ['audit'],
    actions: dynamodb('Scan'),
    places: ['sessions table', 'counts table'],
    why: 'compares all rows with all counters',
  },
  {
    functions: ['audit'],
    actions: dynamodb('PutItem'),
    places: ['counts table'],
    keys: [LAST_AUDIT],
    why: 'stores its result',
  },
  {
    functions: ['digest'],
    actions: dynamodb('GetItem'),
    places: ['counts table'],
    why: 'reads the counters and the result of the last audit',
  },
  {
    functions: ['digest'],
    actions: ['cloudwatch:GetMetricData'],
    places: ['every metric'],
    why: 'reads what was used; CloudWatch has no permission for single metrics',
  },
  {
    functions: ['digest'],
    actions: ['sns:Publish'],
    places: ['topic of the alarms'],
    why: 'sends the e-mail',
  },
  {
    functions: ['hash-key'],
    actions: ['ssm:PutParameter'],
    places: ['parameter of the hash key'],
    why: 'stores a new key; it cannot read one',
  },
  {
    functions: ['hash-key'],
    actions: ['ssm:DeleteParameter'],
    places: ['parameter of the hash key'],
    why: 'deletes the key with the stack, unless the tables are kept',
  },
  {
    functions: ['active-shards'],
    actions: dynamodb('Query'),
    places: ['index of active sessions'],
    why: 'finds the partitions that are in use',
  },
  {
    functions: ['projector', 'query', 'reporter', 'audit', 'active-shards'],
    actions: READ_WITH_KEY,
    places: ['key of the sessions table'],
    why: READ_KEY,
  },
  {
    functions: ['ingest', 'legacy'],
    actions: WRITE_WITH_KEY,
    places: ['key of the sessions table'],
    why: WRITE_KEY,
  },
  {
    functions: ['query', 'reporter', 'legacy', 'digest'],
    actions: READ_WITH_KEY,
    places: ['key of the counts table'],
    why: READ_KEY,
  },
  {
    functions: ['ingest', 'projector', 'audit'],
    actions: WRITE_WITH_KEY,
    places: ['key of the counts table'],
    why: WRITE_KEY,
  },
  {
    functions: FUNCTION_NAMES,
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    places: ['its log group'],
    why: 'Lambda writes its log',
  },
];

/** The grants that these reasons explain. */
export const explainedGrants = (reasons: readonly Reason[]): ListedGrant[] =>
  reasons.flatMap(({ functions, actions, places, keys = [] }) =>
    functions.flatMap((functionName) =>
      actions.flatMap((action) => places.map((place) => ({ functionName, action, place, keys }))),
    ),
  );

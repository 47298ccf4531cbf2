import { LAST_AUDIT, NAME_PREFIX, NAMES } from '../../src/tables/schema.ts';
import { PUBLISH_WITH_KEY, READ_WITH_KEY, WRITE_WITH_KEY } from './key-actions.ts';
import type { ListedGrant } from './listed-grant.ts';

/** Why functions are allowed something; a line of the documentation. */
export interface Reason {
  readonly functions: readonly string[];
  readonly actions: readonly string[];
  readonly place: string;
  /** The only items to which it applies; none for all. */
  readonly keys: readonly string[];
  readonly why: string;
}

const dynamodb = (...operations: string[]): string[] =>
  operations.map((operation) => `dynamodb:${operation}`);

const READ_KEY = 'DynamoDB reads a table that a customer managed key encrypts';
const WRITE_KEY = 'DynamoDB writes a table that a customer managed key encrypts';

const PUBLISH_KEY = 'SNS publishes to a topic that a customer managed key encrypts';

/** Every function, those of custom resources last. */
export const FUNCTION_NAMES = [
  ...['ingest', 'projector', 'query', 'reporter', 'audit', 'legacy', 'digest'],
  ...['hash-key', 'active-shards'],
];

const allow = (
  functions: readonly string[],
  actions: readonly string[],
  place: string,
  why: string,
  keys: readonly string[] = [],
): Reason => ({ functions, actions, place, why, keys });

const COUNTING = ['ingest', 'legacy'];
const READING = ['query', 'reporter', 'legacy'];

const SESSIONS = 'sessions table';
const INDEX = 'index of active sessions';
const STREAM = 'stream of the sessions table';
const COUNTS = 'counts table';
const PARAMETER = 'parameter of the hash key';
const SESSIONS_KEY = 'key of the sessions table';
const COUNTS_KEY = 'key of the counts table';
const TOPIC_KEY = 'key of the topic of the alarms';

const ADMITTING =
  'looks up and stores a name that a pattern in `counters` matches, and counts the names';
const METRICS = 'reads what was used; CloudWatch has no permission for single metrics';

/** Every permission of every function, with its reason. */
export const REASONS: readonly Reason[] = [
  allow(COUNTING, dynamodb('UpdateItem'), SESSIONS, 'counts a visit'),
  allow(['ingest'], dynamodb('DeleteItem'), SESSIONS, 'forgets the session of the caller'),
  allow(['ingest'], dynamodb('GetItem', 'PutItem', 'UpdateItem'), COUNTS, ADMITTING, [
    `${NAME_PREFIX}*`,
    NAMES,
  ]),
  allow(COUNTING, ['ssm:GetParameter'], PARAMETER, 'reads the key with which it hashes visitors'),
  allow(
    COUNTING,
    ['secretsmanager:GetSecretValue'],
    'secret of the hash key',
    'the same, with `hashKeySecret`',
  ),
  allow(['projector'], dynamodb('UpdateItem'), COUNTS, 'counts the records of a batch'),
  allow(
    ['projector'],
    dynamodb('DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'),
    STREAM,
    'Lambda reads the stream for it',
  ),
  allow(READING, dynamodb('GetItem'), COUNTS, 'reads counters; reporter also the last audit'),
  allow(READING, dynamodb('Query'), INDEX, 'counts the active sessions'),
  allow(
    ['query'],
    dynamodb('BatchGetItem'),
    COUNTS,
    'reads several counters for one request, with `counters`',
  ),
  allow(
    ['reporter'],
    ['lambda:GetEventSourceMapping'],
    'event source mapping',
    'reports a mapping that is not enabled',
  ),
  ...[SESSIONS, COUNTS].map((place) =>
    allow(['audit'], dynamodb('Scan'), place, 'compares all rows with all counters'),
  ),
  allow(['audit'], dynamodb('PutItem'), COUNTS, 'stores its result', [LAST_AUDIT]),
  allow(['digest'], dynamodb('GetItem'), COUNTS, 'reads the counters and the last audit'),
  allow(['digest'], ['cloudwatch:GetMetricData'], 'every metric', METRICS),
  allow(['digest'], ['sns:Publish'], 'topic of the alarms', 'sends the e-mail'),
  allow(['hash-key'], ['ssm:PutParameter'], PARAMETER, 'stores a new key; it cannot read one'),
  allow(
    ['hash-key'],
    ['ssm:DeleteParameter'],
    PARAMETER,
    'deletes the key with the stack, unless the tables are kept',
  ),
  allow(['active-shards'], dynamodb('Query'), INDEX, 'finds the partitions that are in use'),
  allow(
    ['projector', 'query', 'reporter', 'audit', 'active-shards'],
    READ_WITH_KEY,
    SESSIONS_KEY,
    READ_KEY,
  ),
  allow(COUNTING, WRITE_WITH_KEY, SESSIONS_KEY, WRITE_KEY),
  allow([...READING, 'digest'], READ_WITH_KEY, COUNTS_KEY, READ_KEY),
  allow(['ingest', 'projector', 'audit'], WRITE_WITH_KEY, COUNTS_KEY, WRITE_KEY),
  allow(['digest'], PUBLISH_WITH_KEY, TOPIC_KEY, PUBLISH_KEY),
  allow(
    FUNCTION_NAMES,
    ['logs:CreateLogStream', 'logs:PutLogEvents'],
    'its log group',
    'Lambda writes its log',
  ),
];

/** The grants that these reasons explain. */
export const explainedGrants = (reasons: readonly Reason[]): ListedGrant[] =>
  reasons.flatMap(({ functions, actions, place, keys }) =>
    functions.flatMap((functionName) =>
      actions.map((action) => ({ functionName, action, place, keys })),
    ),
  );

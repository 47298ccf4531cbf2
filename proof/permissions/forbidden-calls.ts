import {
  ACTIVE_SESSIONS_INDEX,
  DISTINCT_SESSIONS,
  LAST_AUDIT,
  nameKey,
} from '../../src/tables/schema.ts';
import { ACCOUNT, arnOf } from './account.ts';
import type { AwsCall } from './aws-call.ts';
import type { Deployment } from './deployment.ts';

/** Calls that must be denied. */
export interface Forbidden {
  /** What is forbidden, for the documentation. */
  readonly what: string;
  /** The functions that may do it; all others must not. */
  readonly except: readonly string[];
  readonly calls: (deployment: Deployment) => readonly AwsCall[];
}

const calls = (
  resources: readonly string[],
  actions: readonly string[],
  context: AwsCall['context'] = {},
): AwsCall[] =>
  resources.flatMap((resource) => actions.map((action) => ({ action, resource, context })));

const onDynamoDB = (...operations: string[]): string[] =>
  operations.map((operation) => `dynamodb:${operation}`);

const tableArn = (name: string): string => arnOf('dynamodb', `table/${name}`);
const sessionsOf = ({ sessionsTable }: Deployment): string => tableArn(sessionsTable);
const countsOf = ({ countsTable }: Deployment): string => tableArn(countsTable);
const indexOf = (deployment: Deployment): string =>
  `${sessionsOf(deployment)}/index/${ACTIVE_SESSIONS_INDEX.name}`;
const tablesOf = (deployment: Deployment): string[] => [
  sessionsOf(deployment),
  countsOf(deployment),
];

// Alone, beside a key that ingest or the audit may write, and not at all.
const COUNTER_KEYS: readonly (readonly string[])[] = [
  ...[[DISTINCT_SESSIONS], [`${DISTINCT_SESSIONS}/about`]],
  ...[
    [DISTINCT_SESSIONS, nameKey('blog/a')],
    [DISTINCT_SESSIONS, LAST_AUDIT],
  ],
  [],
];

const onCounter = (deployment: Deployment, ...operations: string[]): AwsCall[] =>
  COUNTER_KEYS.flatMap((keys) =>
    calls(
      [countsOf(deployment)],
      onDynamoDB(...operations),
      keys.length > 0 ? { 'dynamodb:LeadingKeys': keys } : {},
    ),
  );

const keyOf = ({ keyParameter, keySecretArn }: Deployment): AwsCall[] => [
  ...(keyParameter === undefined
    ? []
    : calls([arnOf('ssm', `parameter${keyParameter}`)], ['ssm:GetParameter', 'ssm:GetParameters'])),
  ...(keySecretArn === undefined ? [] : calls([keySecretArn], ['secretsmanager:GetSecretValue'])),
];

/** What the roles must deny, in every deployment. */
export const FORBIDDEN: readonly Forbidden[] = [
  {
    what: 'read all rows of a table (`Scan`)',
    except: ['audit'],
    calls: (all) => calls([...tablesOf(all), indexOf(all)], onDynamoDB('Scan')),
  },
  {
    what: 'read session rows by their keys',
    except: [],
    calls: (all) =>
      calls([sessionsOf(all)], onDynamoDB('GetItem', 'BatchGetItem', 'Query', 'PartiQLSelect')),
  },
  {
    what: 'write a session row',
    except: ['ingest', 'legacy'],
    calls: (all) => calls([sessionsOf(all)], onDynamoDB('UpdateItem')),
  },
  {
    what: 'delete a session row',
    except: ['ingest'],
    calls: (all) => calls([sessionsOf(all)], onDynamoDB('DeleteItem')),
  },
  {
    what: 'replace a session row, or write several at once',
    except: [],
    calls: (all) => calls([sessionsOf(all)], onDynamoDB('PutItem', 'BatchWriteItem')),
  },
  {
    what: 'change a counter',
    except: ['projector'],
    calls: (all) => onCounter(all, 'UpdateItem'),
  },
  {
    what: 'replace or delete a counter',
    except: [],
    calls: (all) => onCounter(all, 'PutItem', 'DeleteItem'),
  },
  {
    what: 'read the stream',
    except: ['projector'],
    calls: ({ streamArn }) => calls([streamArn], onDynamoDB('GetRecords', 'GetShardIterator')),
  },
  {
    what: 'change, export or delete a table',
    except: [],
    calls: (all) =>
      calls(
        tablesOf(all),
        onDynamoDB('DeleteTable', 'UpdateTable', 'UpdateTimeToLive', 'ExportTableToPointInTime'),
      ),
  },
  {
    what: 'use another table, such as that of another counter',
    except: [],
    calls: () =>
      calls(
        [tableArn('other'), `${tableArn('other')}/index/${ACTIVE_SESSIONS_INDEX.name}`],
        onDynamoDB('Query', 'Scan'),
      ).concat(
        calls(
          [tableArn('other')],
          onDynamoDB('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
        ),
      ),
  },
  { what: 'read the key of the hash', except: ['ingest', 'legacy'], calls: keyOf },
  {
    what: 'write or delete the key of the hash',
    except: ['hash-key'],
    calls: ({ keyParameter }) =>
      keyParameter === undefined
        ? []
        : calls(
            [arnOf('ssm', `parameter${keyParameter}`)],
            [...['ssm:PutParameter', 'ssm:DeleteParameter']],
          ),
  },
  {
    what: 'use another parameter or secret',
    except: [],
    calls: () => [
      ...calls(
        [arnOf('ssm', 'parameter/other')],
        [...['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter']],
      ),
      ...calls([arnOf('secretsmanager', 'secret:other-a1b2c3')], ['secretsmanager:GetSecretValue']),
    ],
  },
  {
    what: 'publish to the topic',
    except: ['digest'],
    calls: ({ topicArn }) => (topicArn === undefined ? [] : calls([topicArn], ['sns:Publish'])),
  },
  {
    what: 'publish to another topic',
    except: [],
    calls: () => calls([arnOf('sns', 'other')], ['sns:Publish']),
  },
  {
    what: 'change the event source mapping, or read another one',
    except: [],
    calls: ({ mappingArn }) => [
      ...calls(
        [mappingArn],
        ['lambda:UpdateEventSourceMapping', 'lambda:DeleteEventSourceMapping'],
      ),
      ...calls([arnOf('lambda', 'event-source-mapping:other')], ['lambda:GetEventSourceMapping']),
    ],
  },
  {
    what: 'read a log, or write the log of something else',
    except: [],
    calls: ({ functions }) => [
      ...functions.flatMap(({ logGroup }) =>
        calls([arnOf('logs', `log-group:${logGroup}:log-stream:one`)], ['logs:GetLogEvents']),
      ),
      ...calls(
        [arnOf('logs', 'log-group:other:log-stream:one')],
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ),
    ],
  },
  {
    what: 'call or change a function, or use another role',
    except: [],
    calls: () => [
      ...calls(
        [arnOf('lambda', 'function:other')],
        ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode'],
      ),
      ...calls([`arn:aws:iam::${ACCOUNT}:role/other`], ['iam:PassRole', 'sts:AssumeRole']),
    ],
  },
];

/** What the role of a function must deny. */
export const forbiddenTo = (name: string, deployment: Deployment): AwsCall[] =>
  FORBIDDEN.filter(({ except }) => !except.includes(name)).flatMap((one) => one.calls(deployment));

import {
  ACTIVE_SESSIONS_INDEX,
  DISTINCT_SESSIONS,
  LAST_AUDIT,
  nameKey,
} from '../../src/tables/schema.ts';
import { arnOf } from '../deployment/account.ts';
import type { AwsCall } from './aws-call.ts';
import type { Deployment } from './deployment.ts';
import { calls, type Forbidden } from './forbidden.ts';

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

/** What the roles must deny in DynamoDB. */
export const FORBIDDEN_IN_TABLES: readonly Forbidden[] = [
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
];

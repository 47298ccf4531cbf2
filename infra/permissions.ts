import { Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionName } from '../src/settings/function-name.ts';
import { ACTIVE_SESSIONS_INDEX, LAST_AUDIT, NAME_PREFIX, NAMES } from '../src/tables/schema.ts';
import type { References, StoredKey } from './environments.ts';
import { hasOtherCounters } from './props/counters.ts';
import type { ResolvedProps } from './props/resolve-props.ts';
import { type Access, listKeyAccess, useKeys } from './table-key.ts';
import type { Tables } from './tables.ts';

/**
 * All permissions of each function, except for writing its own log. They are spelled out because the
 * grant methods of the CDK allow whole groups of actions, and the one for a stream allows ListStreams
 * on every resource.
 */
export const listPermissions = (
  { sessions, counts }: Tables,
  { hashKey, streamMapping, digest }: Pick<References, 'hashKey' | 'streamMapping' | 'digest'>,
  { counters }: Pick<ResolvedProps, 'counters'>,
): Record<FunctionName, PolicyStatement[]> => {
  const readCounts = listCountReads({ sessions, counts }).map((read) => new PolicyStatement(read));
  const hasPatterns = counters.prefixes.length > 0;
  const readKey = listKeyReads(hashKey);
  // A request can ask for several counters only where there are several.
  const readSeveral = hasOtherCounters(counters)
    ? [allow(counts.tableArn, 'dynamodb:BatchGetItem')]
    : [];
  return {
    ingest: [
      allow(sessions.tableArn, 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'),
      ...(hasPatterns ? [admitNames(counts.tableArn)] : []),
      ...useKeys('write', sessions, ...(hasPatterns ? [counts] : [])),
      ...readKey,
    ],
    projector: listProjectorAccess({ sessions, counts }),
    query: [...readCounts, ...readSeveral],
    // Those of ingest and query, except for the deletion, which has no part in its route.
    legacy: [
      allow(sessions.tableArn, 'dynamodb:UpdateItem'),
      ...useKeys('write', sessions),
      ...readKey,
      ...readCounts,
    ],
    reporter: [...readCounts, allow(streamMapping.arn, 'lambda:GetEventSourceMapping')],
    audit: listAuditAccess({ sessions, counts }),
    digest: listDigestPermissions({ counts }, digest),
  };
};

// It reads counters and the last audit, but no row: it has no permission for the sessions table.
const listDigestPermissions = (
  { counts }: Pick<Tables, 'counts'>,
  digest: References['digest'],
): PolicyStatement[] => [
  allow(counts.tableArn, 'dynamodb:GetItem'),
  ...useKeys('read', counts),
  // CloudWatch has no permission for single metrics.
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
  allow('*', 'cloudwatch:GetMetricData'),
  allow(digest?.topicArn, 'sns:Publish'),
  ...(digest?.topicKeyArn ? [allow(digest.topicKeyArn, ...ENCRYPT_MESSAGE)] : []),
];

// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
const ENCRYPT_MESSAGE = ['kms:Decrypt', 'kms:GenerateDataKey'];

type BothTables = Pick<Tables, 'sessions' | 'counts'>;

const listProjectorAccess = ({ sessions, counts }: BothTables): PolicyStatement[] => [
  allow(counts.tableArn, 'dynamodb:UpdateItem'),
  allow(sessions.tableStreamArn, ...READ_STREAM),
  ...useKeys('read', sessions),
  ...useKeys('write', counts),
];

const listAuditAccess = ({ sessions, counts }: BothTables): PolicyStatement[] => [
  allow(sessions.tableArn, 'dynamodb:Scan'),
  // Only a scan finds all counters: those that have left the settings keep their rows, and those without a row
  // have an item alone.
  allow(counts.tableArn, 'dynamodb:Scan'),
  writeLastAudit(counts.tableArn),
  ...useKeys('read', sessions),
  ...useKeys('write', counts),
];

// The key policy of `aws/ssm` lets everyone in the account decrypt what they may read with it.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-restrict-decryption.html
const listKeyReads = ({ parameter, secret }: StoredKey): PolicyStatement[] => [
  ...(parameter ? [allow(parameter.parameterArn, 'ssm:GetParameter')] : []),
  ...(secret ? [allow(secret.secretArn, 'secretsmanager:GetSecretValue')] : []),
];

/** What reads both counts: one action on one resource each, and the use of their keys. */
const listCountReads = ({ sessions, counts }: BothTables): Access[] => [
  { actions: ['dynamodb:GetItem'], resources: [counts.tableArn] },
  {
    actions: ['dynamodb:Query'],
    resources: [indexArn({ sessions })],
  },
  ...listKeyAccess('read', sessions, counts),
];

/** The ARN of the index of active sessions. */
export const indexArn = ({ sessions }: Pick<Tables, 'sessions'>): string =>
  `${sessions.tableArn}/index/${ACTIVE_SESSIONS_INDEX.name}`;

/**
 * Allows the grantee to read both counts from the tables, and nothing else: the total by GetItem, the
 * active sessions by Query on the index.
 */
export const grantCountReads = (grantee: IGrantable, tables: Tables): Grant => {
  const grants = listCountReads(tables).map(({ actions, resources }) =>
    Grant.addToPrincipal({ grantee, actions, resourceArns: resources }),
  );
  return grants.reduce((all, grant) => all.combine(grant));
};

/**
 * The actions with which Lambda reads a stream for a function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
 */
export const READ_STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

// Only the items of the names that patterns admit, and the item with their number. A transaction needs the
// permissions of its writes. One statement for both, because AWS does not document whether the keys of a write
// in a transaction are its own or those of all its writes.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
const admitNames = (resource: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    resources: [resource],
    conditions: onlyKeys('StringLike', `${NAME_PREFIX}*`, NAMES),
  });

// Only its own item: the counter belongs to the projector.
const writeLastAudit = (resource: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['dynamodb:PutItem'],
    resources: [resource],
    conditions: onlyKeys('StringEquals', LAST_AUDIT),
  });

// `ForAllValues` alone would also allow a request without a key.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
const onlyKeys = (operator: 'StringEquals' | 'StringLike', ...keys: string[]) => ({
  [`ForAllValues:${operator}`]: { 'dynamodb:LeadingKeys': keys },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

/** Allows these actions on one resource. */
export const allow = (resource = '', ...actions: string[]): PolicyStatement =>
  new PolicyStatement({ actions, resources: [resource] });

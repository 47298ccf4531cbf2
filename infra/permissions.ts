import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionName } from '../src/settings/function-name.ts';
import { ACTIVE_SESSIONS_INDEX, LAST_AUDIT } from '../src/tables/schema.ts';
import type { References } from './environments.ts';
import type { Tables } from './tables.ts';

/**
 * All permissions of each function, except for writing its own log. They are spelled out because the
 * grant methods of the CDK allow whole groups of actions, and the one for a stream allows ListStreams
 * on every resource.
 */
export const listPermissions = (
  { sessions, counts }: Tables,
  { hashKey, streamMapping }: References,
): Record<FunctionName, PolicyStatement[]> => {
  const readCounts = [
    allow(counts.tableArn, 'dynamodb:GetItem'),
    allow(`${sessions.tableArn}/index/${ACTIVE_SESSIONS_INDEX.name}`, 'dynamodb:Query'),
  ];
  const readKey = hashKey ? [allow(hashKey.secretArn, 'secretsmanager:GetSecretValue')] : [];
  return {
    ingest: [allow(sessions.tableArn, 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'), ...readKey],
    projector: [
      allow(counts.tableArn, 'dynamodb:UpdateItem'),
      allow(sessions.tableStreamArn, ...READ_STREAM),
    ],
    query: readCounts,
    // Those of ingest and query, except for the deletion, which has no part in its route.
    legacy: [allow(sessions.tableArn, 'dynamodb:UpdateItem'), ...readKey, ...readCounts],
    reporter: [...readCounts, allow(streamMapping.arn, 'lambda:GetEventSourceMapping')],
    audit: [
      allow(sessions.tableArn, 'dynamodb:Scan'),
      allow(counts.tableArn, 'dynamodb:GetItem'),
      writeLastAudit(counts.tableArn),
    ],
  };
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

// Only its own item: the counter belongs to the projector. `ForAllValues` alone would also allow a
// request without a key.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
const writeLastAudit = (resource: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['dynamodb:PutItem'],
    resources: [resource],
    conditions: {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [LAST_AUDIT] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });

/** Allows these actions on one resource. */
export const allow = (resource = '', ...actions: string[]): PolicyStatement =>
  new PolicyStatement({ actions, resources: [resource] });

import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { ACTIVE_SESSIONS_INDEX, LAST_AUDIT } from '../src/tables/schema.ts';
import type { FunctionName } from './bundles.ts';
import type { Tables } from './tables.ts';

/**
 * All that each function may do, beside writing its own log. Written out, because the grants of
 * the CDK give whole groups of actions, and the one for a stream gives ListStreams on everything.
 */
export const listPermissions = (
  { sessions, counts }: Tables,
  hashKey: ISecret | undefined,
): Record<FunctionName, PolicyStatement[]> => {
  const readCounts = [
    allow(counts.tableArn, 'dynamodb:GetItem'),
    allow(`${sessions.tableArn}/index/${ACTIVE_SESSIONS_INDEX.name}`, 'dynamodb:Query'),
  ];
  return {
    ingest: [
      allow(sessions.tableArn, 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'),
      ...(hashKey ? [allow(hashKey.secretArn, 'secretsmanager:GetSecretValue')] : []),
    ],
    projector: [
      allow(counts.tableArn, 'dynamodb:UpdateItem'),
      allow(sessions.tableStreamArn, ...READ_STREAM),
    ],
    query: readCounts,
    reporter: readCounts,
    audit: [
      allow(sessions.tableArn, 'dynamodb:Scan'),
      allow(counts.tableArn, 'dynamodb:GetItem'),
      writeLastAudit(counts.tableArn),
    ],
  };
};

// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
const READ_STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

// Its own item and no other: the counter is the projector's.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
const writeLastAudit = (resource: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['dynamodb:PutItem'],
    resources: [resource],
    conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [LAST_AUDIT] } },
  });

const allow = (resource = '', ...actions: string[]): PolicyStatement =>
  new PolicyStatement({ actions, resources: [resource] });

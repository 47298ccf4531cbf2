import { arnOf } from '../deployment/account.ts';
import type { DeployedFunction } from '../deployment/deployed-functions.ts';
import type { AwsCall } from './aws-call.ts';
import { EXISTING } from './deployments.ts';
import { PUBLISH_WITH_KEY, READ_WITH_KEY, WRITE_WITH_KEY } from './key-actions.ts';

const callOf = (action: string, resource: string): AwsCall => ({ action, resource, context: {} });

/**
 * The calls that AWS makes with the role of a function, which cannot be recorded here: Lambda writes the log and reads
 * the stream, and DynamoDB and SNS use the keys of the tables and the topic that the function uses.
 */
export const callsByAws = (
  { name, logGroup }: Pick<DeployedFunction, 'name' | 'logGroup'>,
  calls: readonly AwsCall[],
  streamArn: string,
): AwsCall[] => {
  const stream = name === 'projector' ? READ_STREAM.map((one) => callOf(one, streamArn)) : [];
  const log = WRITE_LOG.map((one) => callOf(one, logStreamArn(logGroup)));
  const keys = [...calls, ...stream].flatMap(useOfKeys);
  return [...log, ...stream, ...keys];
};

// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html#monitoring-cloudwatchlogs-prereqs
const WRITE_LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];

const logStreamArn = (logGroup: string): string =>
  arnOf('logs', `log-group:${logGroup}:log-stream:2026/11/27/[$LATEST]a1b2c3`);

// Without ListStreams: see isNotEvaluated.
// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
const READ_STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator'].map(
  (operation) => `dynamodb:${operation}`,
);

const WRITES = /:(Put|Update|Delete)Item$/;

const useOfKeys = ({ action, resource }: AwsCall): AwsCall[] => {
  const { sessions, counts, topic } = EXISTING;
  if (action === 'sns:Publish') {
    return resource === topic.topicArn ? useOf(topic.keyArn, PUBLISH_WITH_KEY) : [];
  }
  return [sessions, counts]
    .filter(({ table }) => resource.includes(`:table/${table}`))
    .flatMap(({ key }) => useOf(key, WRITES.test(action) ? WRITE_WITH_KEY : READ_WITH_KEY));
};

const useOf = (key: string, actions: readonly string[]): AwsCall[] =>
  actions.map((action) => callOf(action, key));

/**
 * Whether no evaluation can show that a function needs an action. AWS demands ListStreams for the stream of an event
 * source mapping, but IAM knows it without a resource only.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export const isNotEvaluated = (functionName: string, action: string): boolean =>
  functionName === 'projector' && action === 'dynamodb:ListStreams';

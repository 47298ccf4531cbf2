import { arnOf } from '../deployment/account.ts';
import type { SignedRequest } from '../deployment/signed-request.ts';
import type { AwsCall } from './aws-call.ts';
import { dynamodbCalls } from './dynamodb-calls.ts';

const RESOURCES: Readonly<Record<string, (input: SignedRequest['input']) => string>> = {
  'cloudwatch:GetMetricData': () => '*',
  'lambda:GetEventSourceMapping': ({ UUID }) => arnOf('lambda', `event-source-mapping:${UUID}`),
  'secretsmanager:GetSecretValue': ({ SecretId }) => String(SecretId),
  'sns:Publish': ({ TopicArn }) => String(TopicArn),
  'ssm:DeleteParameter': ({ Name }) => parameterArn(Name),
  'ssm:GetParameter': ({ Name }) => parameterArn(Name),
  'ssm:PutParameter': ({ Name }) => parameterArn(Name),
};

const parameterArn = (name: unknown): string => arnOf('ssm', `parameter${name}`);

/** The calls that IAM decides about for a request. Throws an Error for an operation that is not known here. */
export const callsOfRequest = ({ service, operation, input }: SignedRequest): AwsCall[] => {
  if (service === 'dynamodb') return dynamodbCalls(operation, input);
  const action = `${service === 'monitoring' ? 'cloudwatch' : service}:${operation}`;
  const resource = RESOURCES[action]?.(input);
  if (resource !== undefined) return [{ action, resource, context: {} }];
  throw new Error(`${action} must be known: add it to proof/permissions/calls-of-request.ts`);
};

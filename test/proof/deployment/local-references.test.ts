import { expect, it } from 'vitest';
import { resolverOf } from '../../../proof/deployment/local-references.ts';

const resolve = resolverOf({
  Resources: {
    Rows: { Type: 'AWS::DynamoDB::Table' },
    Log: { Type: 'AWS::Logs::LogGroup' },
    Mapping: { Type: 'AWS::Lambda::EventSourceMapping' },
    Topic: { Type: 'AWS::SNS::Topic' },
    Former: { Type: 'Custom::SessionCounterActiveShards' },
    Role: { Type: 'AWS::IAM::Role' },
  },
});

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-central-1:111122223333:${resource}`;

it.each([
  [{ Ref: 'AWS::Region' }, 'eu-central-1'],
  [{ Ref: 'Rows' }, 'Rows'],
  [{ 'Fn::GetAtt': ['Rows', 'Arn'] }, arn('dynamodb', 'table/Rows')],
  [
    { 'Fn::GetAtt': ['Rows', 'StreamArn'] },
    arn('dynamodb', 'table/Rows/stream/2026-11-27T00:00:00.000'),
  ],
  [{ 'Fn::GetAtt': ['Log', 'Arn'] }, arn('logs', 'log-group:Log:*')],
  [
    { 'Fn::GetAtt': ['Mapping', 'EventSourceMappingArn'] },
    arn('lambda', 'event-source-mapping:Mapping'),
  ],
  [{ Ref: 'Topic' }, arn('sns', 'Topic')],
  [{ 'Fn::GetAtt': ['Former', 'FormerShards'] }, 'none'],
])('resolves %j to %j', (value, expected) => {
  expect(resolve(value)).toBe(expected);
});

it.each([
  [{ Ref: 'Nothing' }, 'The template refers to Nothing'],
  [{ Ref: 'Role' }, 'The template refers to Role'],
  [{ 'Fn::GetAtt': ['Rows', 'TableId'] }, 'The template refers to Rows.TableId'],
])('does not guess %j', (value, message) => {
  expect(() => resolve(value)).toThrow(message);
});

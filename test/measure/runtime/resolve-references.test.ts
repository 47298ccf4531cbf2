import { expect, it } from 'vitest';
import { resolveReferences } from '../../../measure/runtime/resolve-references.ts';

const template = {
  Resources: {
    Rows: { Type: 'AWS::DynamoDB::Table' },
    Topic: { Type: 'AWS::SNS::Topic' },
    Bucket: { Type: 'AWS::S3::Bucket' },
  },
};

it('resolves references, attributes and joins, however deep', () => {
  const value = {
    table: { Ref: 'Rows' },
    list: [{ 'Fn::GetAtt': ['Rows', 'Arn'] }, 'text', 7],
    joined: { 'Fn::Join': [':', [{ Ref: 'AWS::Region' }, { Ref: 'Topic' }]] },
  };
  expect(resolveReferences(template, value)).toEqual({
    table: 'Rows',
    list: ['arn:aws:dynamodb:eu-central-1:111122223333:table/Rows', 'text', 7],
    joined: 'eu-central-1:arn:aws:sns:eu-central-1:111122223333:Topic',
  });
});

it.each([
  [{ Ref: 'Bucket' }, 'Ref of Bucket (AWS::S3::Bucket) must be known'],
  [{ Ref: 'Nobody' }, 'Ref of Nobody (no resource) must be known'],
  [{ 'Fn::GetAtt': ['Rows', 'TableId'] }, 'TableId of Rows (AWS::DynamoDB::Table) must be known'],
  [{ 'Fn::Sub': '$' }, 'Fn::Sub must be known'],
])('does not guess %j', (value, message) => {
  expect(() => resolveReferences(template, value)).toThrow(message);
});

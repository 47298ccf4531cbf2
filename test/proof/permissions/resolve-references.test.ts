import { expect, it } from 'vitest';
import { resolveReferences } from '../../../proof/permissions/resolve-references.ts';

const template = {
  Resources: {
    Rows: { Type: 'AWS::DynamoDB::Table' },
    Log: { Type: 'AWS::Logs::LogGroup' },
    Role: { Type: 'AWS::IAM::Role' },
  },
};
const ARN = 'arn:aws:dynamodb:eu-central-1:111122223333:table/Rows';

it('resolves references, attributes and joins, at any depth', () => {
  const value = {
    name: { Ref: 'Rows' },
    list: [{ 'Fn::GetAtt': ['Rows', 'Arn'] }, { 'Fn::GetAtt': ['Log', 'Arn'] }],
    joined: {
      'Fn::Join': ['/', [{ 'Fn::GetAtt': ['Rows', 'Arn'] }, 'index', { Ref: 'AWS::Region' }]],
    },
    plain: { Ref: 'Rows', other: 1 },
  };
  expect(resolveReferences(template, value)).toEqual({
    name: 'Rows',
    list: [ARN, 'arn:aws:logs:eu-central-1:111122223333:log-group:Log:*'],
    joined: `${ARN}/index/eu-central-1`,
    plain: { Ref: 'Rows', other: 1 },
  });
});

it.each([
  [{ Ref: 'Nothing' }, 'Ref of Nothing (no resource) must be known'],
  [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'Arn of Role (AWS::IAM::Role) must be known'],
  [{ 'Fn::Sub': '$' + '{Rows}' }, 'Fn::Sub must be known'],
])('refuses %o, which it does not know', (value, message) => {
  expect(() => resolveReferences(template, value)).toThrow(message);
});

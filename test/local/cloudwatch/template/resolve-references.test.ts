import { expect, it } from 'vitest';
import { createResolver } from '../../../../src/local/cloudwatch/template/resolve-references.ts';

const resolve = createResolver({
  names: { 'AWS::Partition': 'aws', Table: 'counts', 'Table.Arn': 'arn:counts' },
  conditions: {
    IsChina: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws-cn'] },
    IsAws: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws'] },
    IsOther: { 'Fn::Not': [] },
  },
});

it.each([
  ['plain', 'plain'],
  [{ a: [1, null, true] }, { a: [1, null, true] }],
  [{ Ref: 'Table' }, 'counts'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:counts'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'Table' }]] }, 'a-counts'],
  [{ 'Fn::If': ['IsChina', 'cn', { Ref: 'Table' }] }, 'counts'],
  [{ 'Fn::If': ['IsAws', { Ref: 'Table' }, 'x'] }, 'counts'],
  [
    { Dimensions: [{ Name: 'TableName', Value: { Ref: 'Table' } }] },
    { Dimensions: [{ Name: 'TableName', Value: 'counts' }] },
  ],
])('resolves %j to %j', (value, expected) => {
  expect(resolve(value)).toEqual(expected);
});

it.each([
  [{ Ref: 'Other' }, 'The template refers to Other, for which no name is given.'],
  [{ Ref: 'toString' }, 'refers to toString'],
  [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }, 'refers to Table.StreamArn'],
  [{ 'Fn::If': ['IsLarge', 1, 2] }, 'refers to IsLarge, for which no condition is given.'],
  [{ 'Fn::If': ['IsOther', 1, 2] }, 'The condition IsOther is not Fn::Equals.'],
  [{ 'Fn::Sub': 'x' }, 'The function Fn::Sub of a template is unknown.'],
])('refuses %j', (value, problem) => {
  expect(() => resolve(value)).toThrow(problem);
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { addCounterStack } from '../../../infra/app/counter-stack.ts';
import { HASH_KEY_TYPE } from '../../../infra/hash-key-type.ts';
import { DEFAULTS } from '../../../infra/settings/counter-settings.ts';
import { emptyApp, templateOf, withBundles } from '../synthesize.ts';

const stack = withBundles((folder) => addCounterStack(emptyApp(), DEFAULTS, folder));
const { Resources, Outputs, Conditions } = templateOf(stack).toJSON();

const ofType = (type: string) =>
  Object.entries<{ Type: string; Properties: Record<string, unknown> }>(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties }]): Record<string, unknown> => ({ id, ...Properties }));

// A deployed stack has its tables and its key under these ids. Another id means an empty table and
// another key, with which every visitor is new. If this test fails, fix the code, not the test.
it('keeps the logical ids of the tables, and the properties that would replace them', () => {
  const tables = ofType('AWS::DynamoDB::Table');
  expect(tables.map(({ id, KeySchema, TableName }) => ({ id, KeySchema, TableName }))).toEqual([
    {
      id: 'CounterTablesSessionsDC7A35D3',
      KeySchema: [{ AttributeName: 'session_hash', KeyType: 'HASH' }],
      TableName: undefined,
    },
    {
      id: 'CounterTablesCounts11300BD3',
      KeySchema: [{ AttributeName: 'counter', KeyType: 'HASH' }],
      TableName: undefined,
    },
  ]);
});

it('keeps the logical id of the key, and the name of its parameter', () => {
  expect(ofType(HASH_KEY_TYPE)).toMatchObject([
    {
      id: 'CounterHashKeyGeneratedDC12C841',
      ParameterName: {
        'Fn::Join': [
          '',
          ['/session-counter/', { Ref: 'AWS::StackName' }, '/CounterHashKeyGeneratedDC12C841'],
        ],
      },
    },
  ]);
});

it('has the name that docs/operations.md says', () => {
  expect(readFileSync('docs/operations.md', 'utf8').match(/CounterHashKeyGenerated\w*/g)).toEqual(
    Array(2).fill('CounterHashKeyGeneratedDC12C841'),
  );
});

it('does not use the logical id under which older versions had a secret', () => {
  expect(Object.keys(Resources)).not.toContain('CounterHashKey8B01B688');
});

it('has termination protection', () => {
  expect(stack.terminationProtection).toBe(true);
});

// Evaluates intrinsic functions and conditions as CloudFormation does.
const resolve = (value: unknown, parameters: Record<string, string>): string => {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Join': join, 'Fn::If': condition } = value as Intrinsic;
  if (Ref) return parameters[Ref] ?? Ref;
  if (join) return join[1].map((part) => resolve(part, parameters)).join(join[0]);
  if (!condition) throw new Error(`What is ${JSON.stringify(value)}?`);
  const [left, right] = Conditions[condition[0]]['Fn::Equals'];
  const isTrue = resolve(left, parameters) === resolve(right, parameters);
  return resolve(condition[isTrue ? 1 : 2], parameters);
};

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::Join'?: [string, unknown[]];
  readonly 'Fn::If'?: [string, unknown, unknown];
}

it.each([
  { partition: 'aws', region: 'eu-central-1', domain: 'console.aws.amazon.com' },
  { partition: 'aws-cn', region: 'cn-north-1', domain: 'console.amazonaws.cn' },
  { partition: 'aws-us-gov', region: 'us-gov-west-1', domain: 'console.amazonaws-us-gov.com' },
  { partition: 'aws-eusc', region: 'eusc-de-east-1', domain: 'console.amazonaws-eusc.eu' },
])('links to the console of the partition $partition', ({ partition, region, domain }) => {
  const parameters = { 'AWS::Partition': partition, 'AWS::Region': region };
  const links = Object.values<{ Value: unknown }>(Outputs)
    .map(({ Value }) => JSON.stringify(Value).includes('console') && resolve(Value, parameters))
    .filter((link) => link !== false);
  expect(links).toEqual([
    expect.stringContaining(
      `https://${region}.${domain}/cloudwatch/home?region=${region}#dashboards/`,
    ),
  ]);
});

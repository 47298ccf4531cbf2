import { User } from 'aws-cdk-lib/aws-iam';
import { beforeAll, expect, it } from 'vitest';
import { HASH_KEY_TYPE } from '../../infra/hash-key-type.ts';
import { FUNCTIONS } from '../../src/settings/function-name.ts';
import { grantsOf } from './grants.ts';
import { addCounter, emptyStack, readTemplate, type Synthesis, synthesize } from './synthesize.ts';

let synthesis: Synthesis;

beforeAll(() => {
  synthesis = synthesize();
});

const keyArn = (): string => {
  const { ParameterName } = synthesis.properties<{ ParameterName: string }>(HASH_KEY_TYPE);
  return `arn:AWS::Partition:ssm:AWS::Region:AWS::AccountId:parameter${ParameterName}`;
};

const ownLog = (name: string): string[] => [
  `Allow logs:CreateLogStream Functions/${name}/Log.Arn`,
  `Allow logs:PutLogEvents Functions/${name}/Log.Arn`,
];

it('allows each function what it needs, and nothing else', () => {
  const readCounts = [
    'Allow dynamodb:GetItem Tables/Counts.Arn',
    'Allow dynamodb:Query Tables/Sessions.Arn/index/active-sessions',
  ];
  expect(Object.fromEntries(FUNCTIONS.map((name) => [name, grantsOf(synthesis, name)]))).toEqual({
    ingest: [
      'Allow dynamodb:DeleteItem Tables/Sessions.Arn',
      'Allow dynamodb:UpdateItem Tables/Sessions.Arn',
      `Allow ssm:GetParameter ${keyArn()}`,
      ...ownLog('ingest'),
    ],
    projector: [
      'Allow dynamodb:UpdateItem Tables/Counts.Arn',
      'Allow dynamodb:DescribeStream Tables/Sessions.StreamArn',
      'Allow dynamodb:GetRecords Tables/Sessions.StreamArn',
      'Allow dynamodb:GetShardIterator Tables/Sessions.StreamArn',
      'Allow dynamodb:ListStreams Tables/Sessions.StreamArn',
      ...ownLog('projector'),
    ],
    query: [...readCounts, ...ownLog('query')],
    reporter: [
      ...readCounts,
      'Allow lambda:GetEventSourceMapping StreamMapping.EventSourceMappingArn',
      ...ownLog('reporter'),
    ],
    audit: [
      'Allow dynamodb:Scan Tables/Counts.Arn,Tables/Sessions.Arn',
      'Allow dynamodb:PutItem Tables/Counts.Arn' +
        ' if {"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["last_audit"]},' +
        '"Null":{"dynamodb:LeadingKeys":"false"}}',
      ...ownLog('audit'),
    ],
  });
});

it.each(['about', 'blog/*'])(
  'allows query alone to read several counters where there is %s',
  (counters) => {
    const several = synthesize({ counters: [counters] });
    const withoutLog = (name: string) => grantsOf(several, name).slice(0, -2);
    expect(withoutLog('query')).toEqual([
      'Allow dynamodb:BatchGetItem Tables/Counts.Arn',
      'Allow dynamodb:GetItem Tables/Counts.Arn',
      'Allow dynamodb:Query Tables/Sessions.Arn/index/active-sessions',
    ]);
    for (const name of ['projector', 'reporter', 'audit']) {
      expect(grantsOf(several, name)).toEqual(grantsOf(synthesis, name));
    }
  },
);

it('allows query nothing more where the list names the site alone', () => {
  expect(grantsOf(synthesize({ counters: ['site'] }), 'query')).toEqual(
    grantsOf(synthesis, 'query'),
  );
});

it('lets ingest touch the names that patterns admit, and their number, but no counter', () => {
  const only =
    ' if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["name/*","names"]},' +
    '"Null":{"dynamodb:LeadingKeys":"false"}}';
  const before = grantsOf(synthesis, 'ingest');
  const added = (counters: string[]) =>
    grantsOf(synthesize({ counters }), 'ingest').filter((grant) => !before.includes(grant));
  expect(added(['about'])).toEqual([]);
  expect(added(['about', 'blog/*'])).toEqual([
    `Allow dynamodb:GetItem Tables/Counts.Arn${only}`,
    `Allow dynamodb:PutItem Tables/Counts.Arn${only}`,
    `Allow dynamodb:UpdateItem Tables/Counts.Arn${only}`,
  ]);
});

it('grants the reading of both counts, and nothing else, to another principal', () => {
  const stack = emptyStack();
  const grant = addCounter(stack).grantReadCounts(new User(stack, 'Site'));
  const policy = readTemplate(stack).properties('AWS::IAM::Policy', 'S/Site/DefaultPolicy');
  expect(policy).toMatchObject({
    Users: ['S/Site'],
    PolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: 'Tables/Counts.Arn' },
        {
          ...{ Effect: 'Allow', Action: 'dynamodb:Query' },
          Resource: 'Tables/Sessions.Arn/index/active-sessions',
        },
      ],
    },
  });
  expect(grant.principalStatements).toHaveLength(2);
  expect(() => grant.assertSuccess()).not.toThrow();
});

// Every Condition block in a value, at any depth.
const conditionsIn = (value: unknown): Record<string, Record<string, unknown>>[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'Condition' ? [inner] : conditionsIn(inner),
  );
};

// Operators that a request without the key satisfies.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
const MET_BY_ABSENCE = /^ForAllValues:|IfExists$|Not(Equals|Like)/;

it('has no condition that a request can satisfy by leaving the key out', () => {
  const { text } = synthesize({ alarmEmail: 'me@example.com', counters: ['blog/*'] });
  const conditions = conditionsIn(JSON.parse(text));
  expect(conditions.length).toBeGreaterThanOrEqual(4);
  for (const condition of conditions) {
    const keys = Object.entries(condition).flatMap(([operator, tests]) =>
      MET_BY_ABSENCE.test(operator) ? Object.keys(tests) : [],
    );
    const demanded = Object.entries(condition.Null ?? {}).flatMap(([key, isAbsent]) =>
      isAbsent === 'false' ? [key] : [],
    );
    expect(demanded).toEqual(expect.arrayContaining(keys));
  }
});

it('has one role for each function, which only Lambda can assume', () => {
  const roles = synthesis.ofType('AWS::IAM::Role');
  expect(Object.keys(roles)).toEqual([
    ...['HashKey/Maker/Role', 'ActiveShards/Finder/Role'],
    ...FUNCTIONS.map((name) => `Functions/${name}/Role`),
  ]);
  for (const name of FUNCTIONS) {
    expect(synthesis.properties('AWS::Lambda::Function', `Functions/${name}/Function`).Role).toBe(
      `Functions/${name}/Role.Arn`,
    );
  }
  for (const { Properties } of Object.values(roles)) {
    expect(Properties).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
          },
        ],
      },
      Policies: [expect.anything()],
    });
  }
});

it('has no policy outside the roles, no AWS managed policy, and no wildcard', () => {
  for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']) {
    expect(synthesis.ofType(type)).toEqual({});
  }
  const roles = JSON.stringify(synthesis.ofType('AWS::IAM::Role'));
  expect(roles).not.toMatch(/ManagedPolicyArns|\*/);
});

it('allows no access to a key when the hash has none', () => {
  expect(synthesize({ hashScheme: 'sha256' }).text).not.toMatch(/secretsmanager|ssm:/);
});

interface Invocation {
  readonly Action: string;
  readonly FunctionName: string;
  readonly Principal: string;
  readonly SourceArn: string;
}

it('lets only the API call ingest and query, and only the schedules reporter and audit', () => {
  const invocations = Object.values(synthesis.ofType('AWS::Lambda::Permission')).map(
    ({ Properties }) => Properties as unknown as Invocation,
  );
  for (const { Action } of invocations) expect(Action).toBe('lambda:InvokeFunction');
  const callersOf = (name: string) =>
    invocations
      .filter(({ FunctionName }) => FunctionName === `Functions/${name}/Function.Arn`)
      .map(({ Principal, SourceArn }) => `${Principal} ${SourceArn.replace(/^arn:.*:/, '')}`);
  const api = 'apigateway.amazonaws.com Api/Http/*/*';
  const callers = Object.fromEntries(FUNCTIONS.map((name) => [name, callersOf(name)]));
  expect(callers).toEqual({
    ingest: [`${api}/sessions`, `${api}/sessions/me`],
    projector: [],
    query: [`${api}/counts`, api],
    reporter: ['events.amazonaws.com EveryMinute.Arn'],
    audit: ['events.amazonaws.com AuditTime.Arn'],
  });
  expect(invocations).toHaveLength(Object.values(callers).flat().length);
});

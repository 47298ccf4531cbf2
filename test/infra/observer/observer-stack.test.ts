import { beforeAll, expect, it } from 'vitest';
import { STACK_DESCRIPTION } from '../../../infra/app/stack-description.ts';
import { OBSERVER_DESCRIPTION } from '../../../infra/observer/observer-names.ts';
import { addObserverStack } from '../../../infra/observer/observer-stack.ts';
import { findingsIn } from '../findings.ts';
import {
  type AppOptions,
  emptyApp,
  readTemplate,
  type Synthesis,
  synthesize,
} from '../synthesize.ts';

const STREAM = 'arn:aws:dynamodb:eu-central-1:123456789012:table/sessions/stream/2026';

// The sources of the observer instead of its bundle.
const bundleFolder = 'proof/observation';

const observerStack = (options?: AppOptions) =>
  addObserverStack(emptyApp(options), { name: 'S', streamArn: STREAM, bundleFolder });

let observer: Synthesis;
beforeAll(() => {
  observer = readTemplate(observerStack());
}, 120_000);

it('reads the stream by a mapping with the settings of the counter', () => {
  const TYPE = 'AWS::Lambda::EventSourceMapping';
  const own = { FunctionName: 'S/Observer', EventSourceArn: STREAM };
  expect(observer.properties(TYPE)).toEqual({ ...synthesize().properties(TYPE), ...own });
});

interface RoleProperties {
  readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: object[] } }[];
  readonly ManagedPolicyArns?: readonly string[];
}

it('is allowed to read its stream and write its own log, and nothing else', () => {
  const role = observer.properties<RoleProperties>('AWS::IAM::Role');
  expect(role.Policies.map(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
    [
      {
        Effect: 'Allow',
        Action: [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
        ],
        Resource: STREAM,
      },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: 'S/Log.Arn',
      },
    ],
  ]);
  expect(role.ManagedPolicyArns).toBeUndefined();
  expect(observer.ofType('AWS::IAM::Policy')).toEqual({});
});

it('keeps its log for a week, and deletes it with the stack', () => {
  expect(observer.ofType('AWS::Logs::LogGroup')).toMatchObject({
    'S/Log': { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' },
  });
});

it('consists of a function, its role, its log and its mapping, without alarm, table or protection', () => {
  const types = Object.values(JSON.parse(observer.text).Resources).map(
    (resource) => (resource as { readonly Type: string }).Type,
  );
  expect(types.sort()).toEqual([
    'AWS::IAM::Role',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
  ]);
  expect(observerStack().terminationProtection).toBe(false);
});

it('is small, and times out after ten seconds', () => {
  expect(observer.properties('AWS::Lambda::Function')).toMatchObject({
    ...{ MemorySize: 256, Timeout: 10, Handler: 'index.handler', Runtime: 'nodejs24.x' },
    ...{ Environment: { Variables: { STREAM_ARN: STREAM } } },
    LoggingConfig: { LogFormat: 'JSON', LogGroup: 'S/Log', SystemLogLevel: 'WARN' },
  });
});

it('outputs its log group, and is not mistaken for a counter', () => {
  expect(observer.outputs).toEqual({ ObserverLog: 'S/Log' });
  expect(observerStack().templateOptions.description).toBe(OBSERVER_DESCRIPTION);
  expect(OBSERVER_DESCRIPTION).not.toBe(STACK_DESCRIPTION);
});

it('violates no rule of cdk-nag or CloudFormation', () => {
  expect(findingsIn(observerStack({ checksRules: true }))).toEqual([]);
});

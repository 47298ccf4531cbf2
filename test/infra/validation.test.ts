import { type Stack, Validations } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { expect, it } from 'vitest';
import { findingsIn } from './findings.ts';
import { addCounter, emptyStack } from './synthesize.ts';

const acknowledgedIn = (stack: Stack): string[] =>
  stack.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.keys(data))
      .map((rule) => `${construct.node.path}: ${rule}`),
  );

it('finds nothing to object to, in one counter or in two', () => {
  const stack = emptyStack();
  addCounter(stack, { alarmEmail: 'me@example.com' });
  addCounter(stack, { name: 'shop' }, 'Second');
  expect(findingsIn(stack)).toEqual([]);
});

it('acknowledges that anyone may count, and that the key stays', () => {
  const stack = emptyStack();
  addCounter(stack);
  expect(acknowledgedIn(stack)).toEqual([
    'S/Counter/HashKey: Annotation::AwsSolutions-SMG4',
    'S/Counter/Api/Sessions: Annotation::AwsSolutions-APIG4',
    'S/Counter/Api/OwnSession: Annotation::AwsSolutions-APIG4',
    'S/Counter/Api/Counts: Annotation::AwsSolutions-APIG4',
    'S/Counter/Api/Default: Annotation::AwsSolutions-APIG4',
  ]);
});

it('would find a topic that takes plain HTTP', () => {
  const stack = emptyStack();
  new Topic(stack, 'Planted');
  expect(findingsIn(stack)).toEqual(['AwsSolutions-SNS3']);
});

it('would find a function that CloudFormation refuses', () => {
  const stack = emptyStack();
  const role = 'arn:aws:iam::123456789012:role/planted';
  const code = { zipFile: 'exports.handler = () => {}' };
  const runtime = 'nodejs24.x';
  new CfnFunction(stack, 'Planted', {
    role,
    code,
    runtime,
    handler: 'index.handler',
    memorySize: 5,
  });
  expect(findingsIn(stack)).toEqual(['F3034']);
});

import { Topic } from 'aws-cdk-lib/aws-sns';
import { expect, it } from 'vitest';
import { addCounter, emptyStack, readTemplate, type Synthesis, synthesize } from '../synthesize.ts';

const TOPIC = 'AWS::SNS::Topic';

const targetsIn = (synthesis: Synthesis): unknown[] =>
  Object.values(synthesis.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => [
    Properties.AlarmActions,
    Properties.OKActions,
  ]);

it('notifies nobody by default', () => {
  const synthesis = synthesize();
  expect(synthesis.ofType(TOPIC)).toEqual({});
  expect(targetsIn(synthesis)).toEqual(Array(10).fill([undefined, undefined]));
});

it('sends an e-mail when an alarm goes off and when it ends', () => {
  const synthesis = synthesize({ alarmEmail: 'me@example.com' });
  expect(synthesis.properties('AWS::SNS::Subscription')).toMatchObject({
    Protocol: 'email',
    Endpoint: 'me@example.com',
    TopicArn: 'AlarmTopic',
  });
  expect(targetsIn(synthesis)).toEqual(Array(10).fill([['AlarmTopic'], ['AlarmTopic']]));
});

it('lets the alarms of this account publish, and refuses requests without TLS', () => {
  const synthesis = synthesize({ alarmEmail: 'me@example.com' });
  expect(synthesis.properties('AWS::SNS::TopicPolicy')).toMatchObject({
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:Publish',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: 'AlarmTopic',
          Condition: { StringEquals: { 'aws:SourceAccount': 'AWS::AccountId' } },
        },
      ],
    },
  });
});

it('publishes to a given topic, and creates none', () => {
  const stack = emptyStack();
  const arn = 'arn:aws:sns:eu-central-1:123456789012:mine';
  addCounter(stack, { alarmTopic: Topic.fromTopicArn(stack, 'Mine', arn) });
  const synthesis = readTemplate(stack);
  expect(synthesis.ofType(TOPIC)).toEqual({});
  expect(targetsIn(synthesis)).toEqual(Array(10).fill([[arn], [arn]]));
});

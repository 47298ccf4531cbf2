import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

export interface AlarmTopicProps {
  readonly alarmTopic: ITopic | undefined;
  readonly alarmEmail: string | undefined;
}

/** The topic to which the alarms are published; undefined when they notify nobody. */
export const resolveAlarmTopic = (
  scope: Construct,
  { alarmTopic, alarmEmail }: AlarmTopicProps,
): ITopic | undefined => {
  if (alarmEmail === undefined) return alarmTopic;
  const topic = alarmTopic ?? addTopic(scope);
  topic.addSubscription(new EmailSubscription(alarmEmail));
  return topic;
};

// Not encrypted with a customer managed key, which costs 1 USD a month: an alarm names no visitor. With
// the AWS managed key, CloudWatch is not allowed to publish to the topic.
const addTopic = (scope: Construct): Topic => {
  const topic = new Topic(scope, 'AlarmTopic', { enforceSSL: true });
  // The policy that enforces TLS replaces the default policy, which allows alarms to publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  return topic;
};

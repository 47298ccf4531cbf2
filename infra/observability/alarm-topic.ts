import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

export interface AlarmTopicProps {
  readonly alarmTopic: ITopic | undefined;
  readonly alarmEmail: string | undefined;
}

/** The topic that the alarms are published to; undefined when nobody asked to be told. */
export const resolveAlarmTopic = (
  scope: Construct,
  { alarmTopic, alarmEmail }: AlarmTopicProps,
): ITopic | undefined => {
  if (alarmEmail === undefined) return alarmTopic;
  const topic = alarmTopic ?? addTopic(scope);
  topic.addSubscription(new EmailSubscription(alarmEmail));
  return topic;
};

// Not encrypted by a key of ours: a key costs 1 USD a month, and an alarm names no visitor.
// CloudWatch may not publish to a topic under the key that AWS manages.
const addTopic = (scope: Construct): Topic => {
  const topic = new Topic(scope, 'AlarmTopic', { enforceSSL: true });
  // The policy that enforces TLS takes the place of the default one, which let alarms publish.
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

import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { createClient, LIMITS } from '../runtime/aws-client.ts';
import type { Mail } from './format-digest.ts';

/** A client of SNS that gives up within 30 seconds. */
export const createSnsClient = (): SNSClient => createClient(SNSClient, LIMITS.inBackground);

/** Publishes a mail to a topic, which sends it to each subscriber. Throws what the SDK throws. */
export const sendMail = async (
  client: SNSClient,
  topicArn: string,
  { subject, text }: Mail,
): Promise<void> => {
  await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }));
};

import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { arnOf } from '../deployment/account.ts';

/** The existing tables and topic, and the keys that encrypt them. */
export const EXISTING = {
  sessions: { table: 'sessions-restored', key: arnOf('kms', 'key/sessions') },
  counts: { table: 'counts-restored', key: arnOf('kms', 'key/counts') },
  topic: { topicArn: arnOf('sns', 'topic'), keyArn: arnOf('kms', 'key/topic') },
} as const;

const importTable = (
  stack: Stack,
  { table, key }: { table: string; key: string },
  stream = false,
) =>
  Table.fromTableAttributes(stack, table, {
    tableName: table,
    encryptionKey: Key.fromKeyArn(stack, `${table}-key`, key),
    ...(stream && {
      tableStreamArn: arnOf('dynamodb', `table/${table}/stream/2026-11-27T00:00:00.000`),
    }),
  });

/** Deployments that differ in their permissions; each feature that changes a permission is in one of them. */
export const DEPLOYMENTS: Readonly<Record<string, (stack: Stack) => SessionCounterProps>> = {
  'the defaults': () => ({}),
  'every feature': () => ({
    ...{ counters: ['about', 'blog/*'], watch: ['about'], legacyRoute: true },
    ...{ digest: 'weekly', alarmEmail: 'me@example.com' },
    tableRemovalPolicy: RemovalPolicy.DESTROY,
  }),
  'listed counters, and a hash without a key': () => ({
    ...{ counters: ['about'], hashScheme: 'sha256', legacyRoute: true },
  }),
  'existing tables, keys and topic': (stack) => ({
    ...{ counters: ['blog/*'], legacyRoute: true, digest: 'monthly' },
    sessionsTable: importTable(stack, EXISTING.sessions, true),
    countsTable: importTable(stack, EXISTING.counts),
    hashKeySecret: Secret.fromSecretCompleteArn(
      stack,
      'Secret',
      arnOf('secretsmanager', 'secret:key-a1b2c3'),
    ),
    alarmTopic: Topic.fromTopicAttributes(stack, 'Topic', EXISTING.topic),
  }),
};

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { FEATURE_FLAGS } from '../../infra/app/feature-flags.ts';
import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { SessionCounter } from '../../infra/session-counter.ts';
import type { Template } from '../../infra/settings/template.ts';
import { ACCOUNT, arnOf, REGION } from './account.ts';

/** The names of the existing tables, and the keys that encrypt them. */
export const EXISTING = {
  sessions: { table: 'sessions-restored', key: arnOf('kms', 'key/sessions') },
  counts: { table: 'counts-restored', key: arnOf('kms', 'key/counts') },
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
  'an edge of CloudFront': () => ({ edge: true, legacyRoute: true }),
  'existing tables, keys and topic': (stack) => ({
    ...{ counters: ['blog/*'], legacyRoute: true, digest: 'monthly' },
    sessionsTable: importTable(stack, EXISTING.sessions, true),
    countsTable: importTable(stack, EXISTING.counts),
    hashKeySecret: Secret.fromSecretCompleteArn(
      stack,
      'Secret',
      arnOf('secretsmanager', 'secret:key-a1b2c3'),
    ),
    alarmTopic: Topic.fromTopicArn(stack, 'Topic', arnOf('sns', 'topic')),
  }),
};

/** The template of a deployment, whose functions have the bundles in `bundleFolder`, by default those of the build. */
export const synthesizeDeployment = (
  propsOf: (stack: Stack) => SessionCounterProps,
  bundleFolder?: string,
): Template => {
  const outdir = mkdtempSync(join(tmpdir(), 'session-counter-permissions-'));
  try {
    const app = new App({
      ...{ outdir, analyticsReporting: false, postCliContext: FEATURE_FLAGS },
      // cdk-nag and `npm run synth` check the rules of CloudFormation.
      builtinCloudFormationValidation: false,
      // So that each function names the folder of its bundle.
      context: { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:disable-asset-staging': true },
    });
    const stack = new Stack(app, 'Permissions', { env: { account: ACCOUNT, region: REGION } });
    new SessionCounter(stack, 'Counter', { name: 'permissions', bundleFolder, ...propsOf(stack) });
    return app.synth().getStackByName(stack.stackName).template as Template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

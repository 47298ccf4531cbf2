import type { Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  type ITable,
  ProjectionType,
  StreamViewType,
  Table,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { User } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { ACTIVE_SHARDS_TYPE } from '../../infra/active-shards-type.ts';
import { HASH_KEY_TYPE } from '../../infra/hash-key-type.ts';
import { findingsIn } from './findings.ts';
import { grantsOf, grantsOfRole } from './grants.ts';
import {
  addCounter,
  emptyStack,
  readTemplate,
  type Synthesis,
  synthesize,
  templateOf,
} from './synthesize.ts';

const STREAM =
  'arn:aws:dynamodb:eu-central-1:123456789012:table/sessions-restored/stream/2026-11-27T12:00:00.000';
const ARN = 'arn:AWS::Partition:dynamodb:AWS::Region:AWS::AccountId:table';

interface Keys {
  readonly sessions: IKey;
  readonly counts: IKey;
}

const importTables = (stack: Stack, keys?: Keys) => ({
  sessionsTable: Table.fromTableAttributes(stack, 'Sessions', {
    ...{ tableName: 'sessions-restored', tableStreamArn: STREAM },
    ...(keys && { encryptionKey: keys.sessions }),
  }),
  countsTable: Table.fromTableAttributes(stack, 'Counts', {
    tableName: 'counts-restored',
    ...(keys && { encryptionKey: keys.counts }),
  }),
});

const PROPS = { counters: ['blog/*'], legacyRoute: true, alarmEmail: 'me@example.com' };

const synthesizeWith = (keys?: (stack: Stack) => Keys): Synthesis => {
  const stack = emptyStack();
  addCounter(stack, { ...PROPS, ...importTables(stack, keys?.(stack)) });
  return readTemplate(stack);
};

/** The same template, as if the tables were those of the construct. */
const asOwn = (value: string): string =>
  value
    .replaceAll(STREAM, 'Tables/Sessions.StreamArn')
    .replaceAll(`${ARN}/sessions-restored`, 'Tables/Sessions.Arn')
    .replaceAll(`${ARN}/counts-restored`, 'Tables/Counts.Arn')
    .replaceAll('sessions-restored', 'Tables/Sessions')
    .replaceAll('counts-restored', 'Tables/Counts');

const existing = synthesizeWith();
const own = synthesize(PROPS);

const TYPES = [
  ...['AWS::Lambda::Function', 'AWS::Lambda::EventSourceMapping', 'AWS::IAM::Role'],
  ...['AWS::CloudWatch::Dashboard', 'AWS::CloudWatch::Alarm', ACTIVE_SHARDS_TYPE, HASH_KEY_TYPE],
];

describe('a counter with existing tables', () => {
  it('creates none', () => {
    expect(own.text).toContain('AWS::DynamoDB::Table');
    expect(existing.text).not.toContain('AWS::DynamoDB::Table');
  });

  it.each(TYPES)('uses them as it would use its own, in each %s', (type) => {
    const resources = existing.ofType(type);
    expect(Object.keys(resources)).not.toEqual([]);
    expect(JSON.parse(asOwn(JSON.stringify(resources)))).toEqual(own.ofType(type));
  });

  it('shows them in its outputs, so that the commands find them', () => {
    expect(existing.outputs).toMatchObject({
      CounterSessionsTable: 'sessions-restored',
      CounterCountsTable: 'counts-restored',
    });
  });

  it('breaks no rule', () => {
    const stack = emptyStack({ checksRules: true });
    const key = new Key(stack, 'Key', { enableKeyRotation: true });
    addCounter(stack, { ...PROPS, ...importTables(stack, { sessions: key, counts: key }) });
    expect(findingsIn(stack)).toEqual([]);
  });
});

describe('tables that customer managed keys encrypt', () => {
  const KEYS = 'arn:aws:kms:eu-central-1:123456789012:key';
  const importKeys = (stack: Stack): Keys => ({
    sessions: Key.fromKeyArn(stack, 'SessionsKey', `${KEYS}/sessions`),
    counts: Key.fromKeyArn(stack, 'CountsKey', `${KEYS}/counts`),
  });
  const encrypted = synthesizeWith(importKeys);
  const READ = ['Decrypt', 'DescribeKey'];
  const WRITE = [
    ...[...READ, 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'],
    ...['ReEncryptFrom', 'ReEncryptTo'],
  ];
  // The CDK merges the statements that allow the same actions.
  const use = (actions: string[], ...keys: string[]) =>
    actions.map((action) => `Allow kms:${action} ${keys.map((key) => `${KEYS}/${key}`)}`);
  const added = (before: string[], after: string[]) =>
    after.filter((one) => !before.includes(one)).toSorted();

  it.each([
    { name: 'ingest', uses: use(WRITE, 'counts', 'sessions') },
    { name: 'projector', uses: [...use(READ, 'sessions'), ...use(WRITE, 'counts')] },
    { name: 'query', uses: use(READ, 'counts', 'sessions') },
    { name: 'legacy', uses: [...use(WRITE, 'sessions'), ...use(READ, 'counts')] },
    { name: 'reporter', uses: use(READ, 'counts', 'sessions') },
    { name: 'audit', uses: [...use(READ, 'sessions'), ...use(WRITE, 'counts')] },
  ])('let the function $name use them, and nothing else', ({ name, uses }) => {
    const grants = added(grantsOf(existing, name), grantsOf(encrypted, name));
    expect(grants).toEqual(uses.toSorted());
  });

  it('let ingest use that of the counts only if patterns admit names there', () => {
    const stack = emptyStack();
    addCounter(stack, importTables(stack, importKeys(stack)));
    const grants = grantsOf(readTemplate(stack), 'ingest').filter((one) => one.includes('kms:'));
    expect(grants.toSorted()).toEqual(use(WRITE, 'sessions').toSorted());
  });

  it('let what finds the former partitions read with that of the sessions', () => {
    const path = 'ActiveShards/Finder/Role';
    const grants = added(grantsOfRole(existing, path), grantsOfRole(encrypted, path));
    expect(grants).toEqual(use(READ, 'sessions'));
  });

  it('let another principal read the counts with both', () => {
    const stack = emptyStack();
    const tables = importTables(stack, importKeys(stack));
    addCounter(stack, tables).grantReadCounts(new User(stack, 'Site'));
    const policy = readTemplate(stack).properties('AWS::IAM::Policy', 'S/Site/DefaultPolicy');
    expect(policy).toMatchObject({
      PolicyDocument: {
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Action: ['kms:Decrypt', 'kms:DescribeKey'],
            Resource: [`${KEYS}/counts`, `${KEYS}/sessions`],
          }),
        ]),
      },
    });
  });
});

const HASH = { name: 'session_hash', type: AttributeType.STRING };
const COUNTER = { name: 'counter', type: AttributeType.STRING };
const INDEX = {
  indexName: 'active-sessions',
  partitionKey: { name: 'active_shard', type: AttributeType.NUMBER },
  sortKey: { name: 'last_accessed', type: AttributeType.STRING },
  projectionType: ProjectionType.KEYS_ONLY,
};
const NEW_AND_OLD = StreamViewType.NEW_AND_OLD_IMAGES;
const EXPIRY = { timeToLiveAttribute: 'expires_at' };

const synthesizeOwn = (create: (stack: Stack) => ITable): string => {
  const stack = emptyStack();
  const countsTable = new Table(stack, 'Counts', { partitionKey: COUNTER });
  addCounter(stack, { sessionsTable: create(stack), countsTable });
  return JSON.stringify(templateOf(stack).toJSON());
};

describe('existing tables that are created in the same app', () => {
  it('are used if they have keys, stream and index of the schema', () => {
    const table = (stack: Stack) => {
      const props = { partitionKey: HASH, stream: NEW_AND_OLD, ...EXPIRY };
      const sessions = new Table(stack, 'Mine', props);
      sessions.addGlobalSecondaryIndex(INDEX);
      return sessions;
    };
    expect(synthesizeOwn(table)).toContain('{"Fn::GetAtt":["Mine');
  });

  it('are used as TableV2, too', () => {
    const global = (stack: Stack) =>
      new TableV2(stack, 'Mine', {
        ...{ partitionKey: HASH, dynamoStream: NEW_AND_OLD, globalSecondaryIndexes: [INDEX] },
        ...EXPIRY,
      });
    expect(synthesizeOwn(global)).toContain('{"Fn::GetAtt":["Mine');
  });

  it.each([
    {
      what: 'without the index',
      props: { partitionKey: HASH, stream: NEW_AND_OLD },
      message:
        'sessionsTable must have the index active-sessions with the keys active_shard, last_accessed, but it has none',
    },
    {
      what: 'with another partition key',
      props: { partitionKey: COUNTER, stream: NEW_AND_OLD },
      message: 'sessionsTable must have the partition key session_hash, but it has counter',
    },
    {
      what: 'without the time to live',
      props: { partitionKey: HASH, stream: NEW_AND_OLD },
      message: 'sessionsTable must have the time to live attribute expires_at, but it has none',
    },
    {
      what: 'with a stream of the keys alone',
      props: { partitionKey: HASH, stream: StreamViewType.KEYS_ONLY },
      message:
        'sessionsTable must have the stream view type NEW_AND_OLD_IMAGES, but it has KEYS_ONLY',
    },
  ])('are refused $what', ({ props, message }) => {
    expect(() => synthesizeOwn((stack) => new Table(stack, 'Mine', props))).toThrow(message);
  });
});

import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { HASH_KEY_TYPE } from '../../infra/hash-key-type.ts';
import { createTableInput } from '../../src/local/create-tables.ts';
import { COUNTS_TABLE, SESSIONS_TABLE } from '../../src/tables/schema.ts';
import { type Synthesis, synthesize } from './synthesize.ts';

const TABLE = 'AWS::DynamoDB::Table';
let synthesis: Synthesis;

beforeAll(() => {
  synthesis = synthesize({ throttle: { ratePerSecond: 30, burst: 60 } });
});

interface Throughput {
  readonly MaxReadRequestUnits?: number;
  readonly MaxWriteRequestUnits?: number;
}

interface DeployedTable extends CreateTableInput {
  readonly OnDemandThroughput: Throughput;
  readonly TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
}

const deployed = (name: string): DeployedTable => synthesis.properties(TABLE, `Tables/${name}`);

describe.each([
  { name: 'Sessions', schema: SESSIONS_TABLE },
  { name: 'Counts', schema: COUNTS_TABLE },
])('the deployed table $name', ({ name, schema }) => {
  it('has the keys, attributes, index, stream and billing of the local table', () => {
    const table = deployed(name);
    const local = createTableInput(name, schema);
    expect({
      KeySchema: table.KeySchema,
      AttributeDefinitions: table.AttributeDefinitions,
      BillingMode: table.BillingMode,
      indexes: table.GlobalSecondaryIndexes?.map(({ OnDemandThroughput, ...index }) => index),
      stream: table.StreamSpecification?.StreamViewType,
    }).toEqual({
      KeySchema: local.KeySchema,
      AttributeDefinitions: local.AttributeDefinitions,
      BillingMode: local.BillingMode,
      indexes: local.GlobalSecondaryIndexes,
      stream: local.StreamSpecification?.StreamViewType,
    });
  });

  it('expires its rows by the attribute of the local table, or never', () => {
    const { timeToLive } = schema;
    expect(deployed(name).TimeToLiveSpecification).toEqual(
      timeToLive && { AttributeName: timeToLive, Enabled: true },
    );
  });

  it('can be restored to any second of the last 35 days', () => {
    expect(deployed(name)).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });
});

it('bounds the cost of a flood in proportion to the throttle of the API', () => {
  expect(deployed('Sessions').OnDemandThroughput).toEqual({ MaxWriteRequestUnits: 60 });
  expect(deployed('Sessions').GlobalSecondaryIndexes?.[0]?.OnDemandThroughput).toEqual({
    MaxReadRequestUnits: 1200,
    MaxWriteRequestUnits: 120,
  });
  expect(deployed('Counts').OnDemandThroughput).toEqual({
    MaxReadRequestUnits: 120,
    MaxWriteRequestUnits: 270,
  });
});

it.each([
  // 30 requests a second: those for the site alone, and what each further counter of a request adds.
  { counters: ['about'], rows: [60 + 60 + 30, 120 + 120 + 30], counts: [135, 270 + 60] },
  { counters: ['site'], rows: [60, 120], counts: [120, 270] },
  {
    counters: ['blog/*'],
    rows: [600 + 49 * 30, 1200 + 49 * 30],
    counts: [(4 + 0.5 * 59 + 10) * 30, 270 + 540],
  },
])('bounds it for the counters $counters as well', ({ counters, rows, counts }) => {
  const many = synthesize({ throttle: { ratePerSecond: 30, burst: 60 }, counters });
  const [sessions, counter] = ['Sessions', 'Counts'].map((name) =>
    many.properties<DeployedTable>(TABLE, `Tables/${name}`),
  );
  const index = sessions?.GlobalSecondaryIndexes?.[0]?.OnDemandThroughput;
  expect([sessions?.OnDemandThroughput, index].map((one) => one?.MaxWriteRequestUnits)).toEqual(
    rows,
  );
  const { MaxReadRequestUnits, MaxWriteRequestUnits } = counter?.OnDemandThroughput ?? {};
  expect([MaxReadRequestUnits, MaxWriteRequestUnits]).toEqual(counts);
});

const KEPT = [TABLE, HASH_KEY_TYPE];

it('keeps rows, counter and hash key when the stack is deleted', () => {
  for (const resource of KEPT.flatMap((type) => Object.values(synthesis.ofType(type)))) {
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  }
  for (const { Properties } of Object.values(synthesis.ofType(TABLE))) {
    expect(Properties).toMatchObject({ DeletionProtectionEnabled: true });
  }
});

it('protects tables that are kept from being deleted, whichever policy keeps them', () => {
  const tableRemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
  for (const table of Object.values(synthesize({ tableRemovalPolicy }).ofType(TABLE))) {
    expect(table).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { DeletionProtectionEnabled: true },
    });
  }
});

it('deletes all of them on request', () => {
  const fleeting = synthesize({ tableRemovalPolicy: RemovalPolicy.DESTROY });
  const resources = KEPT.flatMap((type) => Object.values(fleeting.ofType(type)));
  expect(resources.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(3).fill('Delete'));
  for (const { Properties } of Object.values(fleeting.ofType(TABLE))) {
    expect(Properties).toMatchObject({ DeletionProtectionEnabled: false });
  }
});

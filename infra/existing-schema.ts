import { Stack } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { COUNTS_TABLE, SESSIONS_TABLE, type TableSchema } from '../src/tables/schema.ts';
import type { ExistingTables } from './props/existing-tables.ts';

/**
 * What a counter cannot use in existing tables that are created in the same app: another partition key, time to live,
 * stream or index than it needs. Nothing is known of an imported table. Call it when the app is complete.
 */
export const describeSchemaMistakes = ({ sessions, counts }: ExistingTables): string[] => [
  ...describeTable('sessionsTable', sessions, SESSIONS_TABLE),
  ...describeTable('countsTable', counts, COUNTS_TABLE),
];

const describeTable = (prop: string, table: ITable, schema: TableSchema): string[] => {
  const found = readSchema(table);
  if (found === undefined) return [];
  const expected = listExpected(schema, found);
  return expected.flatMap(({ what, wanted, given = 'none' }) =>
    wanted === given ? [] : [`${prop} must have ${what} ${wanted}, but it has ${given}`],
  );
};

interface Expected {
  readonly what: string;
  readonly wanted: string;
  readonly given: string | undefined;
}

const listExpected = (
  { partitionKey, timeToLive, stream, index }: TableSchema,
  found: FoundSchema,
): Expected[] => {
  const key = { what: 'the partition key', wanted: partitionKey, given: nameKeys(found.keySchema) };
  if (!(timeToLive && stream && index)) return [key];
  const foundIndex = found.indexes.find(({ indexName }) => indexName === index.name);
  return [
    key,
    // Without it, rows would be kept for ever.
    { what: 'the time to live attribute', wanted: timeToLive, given: found.timeToLive },
    { what: 'the stream view type', wanted: stream, given: found.stream },
    {
      what: `the index ${index.name} with the keys`,
      wanted: `${index.partitionKey}, ${index.sortKey}`,
      given: foundIndex && nameKeys(foundIndex.keySchema),
    },
  ];
};

interface Key {
  readonly attributeName: string;
}

interface Index {
  readonly indexName: string;
  readonly keySchema: readonly Key[];
}

interface FoundSchema {
  readonly keySchema: readonly Key[];
  readonly timeToLive: string | undefined;
  readonly stream: string | undefined;
  readonly indexes: readonly Index[];
}

const readSchema = (table: ITable): FoundSchema | undefined => {
  const resource = table.node.defaultChild;
  if (!(resource instanceof CfnTable || resource instanceof CfnGlobalTable)) return undefined;
  const resolve = <Value>(value: unknown): Value | undefined => Stack.of(table).resolve(value);
  return {
    keySchema: resolve<Key[]>(resource.keySchema) ?? [],
    timeToLive: resolve<{ attributeName?: string }>(resource.timeToLiveSpecification)
      ?.attributeName,
    stream: resolve<{ streamViewType: string }>(resource.streamSpecification)?.streamViewType,
    indexes: resolve<Index[]>(resource.globalSecondaryIndexes) ?? [],
  };
};

const nameKeys = (keys: readonly Key[]): string =>
  keys.map(({ attributeName }) => attributeName).join(', ');

import { Stack } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { COUNTS_TABLE, SESSIONS_TABLE, type TableSchema } from '../src/tables/schema.ts';
import type { ExistingTables } from './props/existing-tables.ts';

/**
 * What a counter cannot use in existing tables that are created in the same app: another partition key, stream
 * or index than it needs. Nothing is known of an imported table. Call it when the app is complete.
 */
export const describeSchemaMistakes = ({ sessions, counts }: ExistingTables): string[] => [
  ...describeTable('sessionsTable', sessions, SESSIONS_TABLE),
  ...describeTable('countsTable', counts, COUNTS_TABLE),
];

const describeTable = (prop: string, table: ITable, schema: TableSchema): string[] => {
  const found = readSchema(table);
  if (found === undefined) return [];
  const { partitionKey, stream, index } = schema;
  const expected = [
    ['the partition key', formatKey([partitionKey]), formatSchema(found.keySchema)],
    ...(stream ? [['the stream view type', stream, found.stream ?? 'none']] : []),
    ...(index
      ? [
          [
            `the index ${index.name} with the keys`,
            formatKey([index.partitionKey, index.sortKey]),
            formatSchema(
              found.indexes.find(({ indexName }) => indexName === index.name)?.keySchema,
            ),
          ],
        ]
      : []),
  ];
  return expected.flatMap(([what, wanted, given]) =>
    wanted === given ? [] : [`${prop} must have ${what} ${wanted}, but it has ${given}`],
  );
};

interface Key {
  readonly attributeName: string;
}

interface FoundSchema {
  readonly keySchema: readonly Key[];
  readonly stream: string | undefined;
  readonly indexes: readonly { readonly indexName: string; readonly keySchema: readonly Key[] }[];
}

const readSchema = (table: ITable): FoundSchema | undefined => {
  const resource = table.node.defaultChild;
  if (!(resource instanceof CfnTable || resource instanceof CfnGlobalTable)) return undefined;
  const { keySchema, streamSpecification, globalSecondaryIndexes } = resource;
  const found = { keySchema, streamSpecification, indexes: globalSecondaryIndexes ?? [] };
  const { streamSpecification: stream, ...rest } = Stack.of(table).resolve(found);
  return { ...rest, stream: stream?.streamViewType };
};

const formatKey = (names: readonly string[]): string => names.join(', ');

const formatSchema = (keys: readonly Key[] | undefined): string =>
  keys ? formatKey(keys.map(({ attributeName }) => attributeName)) : 'none';

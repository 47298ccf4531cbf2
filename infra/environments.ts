import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { type VariableName, variablesOf } from '../src/settings/definitions.ts';
import { ALL_FUNCTIONS, type FunctionName } from '../src/settings/function-name.ts';
import type { ResolvedProps } from './props/resolve-props.ts';
import type { StreamMapping } from './stream-mapping.ts';
import type { Tables } from './tables.ts';

/** Resources that the functions use, in addition to the tables. */
export interface References {
  readonly hashKey: ISecret | undefined;
  readonly streamMapping: StreamMapping;
}

/** The settings of one function, or of several. */
export type Variables = Readonly<Record<string, string>>;

/** The settings of each function, as `src/settings` reads them. Names and an ARN, no secret. */
export const listEnvironments = (
  { variables }: Pick<ResolvedProps, 'variables'>,
  tables: Tables,
  { hashKey, streamMapping }: References,
): Record<FunctionName, Variables> => {
  const values: Partial<Record<VariableName, string>> = {
    ...variables,
    SESSIONS_TABLE: tables.sessions.tableName,
    COUNTS_TABLE: tables.counts.tableName,
    STREAM_MAPPING_ID: streamMapping.id,
    ...(hashKey && { HASH_KEY_SECRET_ID: hashKey.secretArn }),
  };
  const entries = ALL_FUNCTIONS.map((name) => [name, pick(values, variablesOf(name))]);
  return Object.fromEntries(entries) as Record<FunctionName, Variables>;
};

const pick = (values: Partial<Record<VariableName, string>>, names: VariableName[]): Variables =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** The settings of all functions together, except for the names of the tables and the mapping. */
export const mergeEnvironments = (environments: Record<FunctionName, Variables>): Variables => {
  const { SESSIONS_TABLE, COUNTS_TABLE, STREAM_MAPPING_ID, ...settings } = Object.assign(
    {},
    ...Object.values(environments),
  );
  return settings;
};

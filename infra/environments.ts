import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IParameter } from 'aws-cdk-lib/aws-ssm';
import {
  type Definition,
  SETTINGS,
  type VariableName,
  variablesOf,
} from '../src/settings/definitions.ts';
import { ALL_FUNCTIONS, type FunctionName } from '../src/settings/function-name.ts';
import type { ResolvedProps } from './props/resolve-props.ts';
import type { StreamMapping } from './stream-mapping.ts';
import type { Tables } from './tables.ts';

/** Where the key of the session hash is: in one of the two, or nowhere if the hash has no key. */
export interface StoredKey {
  readonly parameter?: IParameter;
  readonly secret?: ISecret;
}

/** What the digest function needs to know of other resources. */
export interface DigestReferences {
  readonly topicArn: string;
  /** The ARN of the customer managed key of the topic; undefined if the app does not know one. */
  readonly topicKeyArn: string | undefined;
  readonly apiId: string;
  /** The setting DIGEST_FUNCTIONS. */
  readonly functions: string;
}

/** Resources that the functions use, in addition to the tables. */
export interface References {
  readonly hashKey: StoredKey;
  readonly streamMapping: StreamMapping;
  /** The setting FORMER_ACTIVE_SHARDS. */
  readonly formerShards: string;
  /** Undefined if no digest is sent. */
  readonly digest: DigestReferences | undefined;
}

/** The settings of one function, or of several. */
export type Variables = Readonly<Record<string, string>>;

/** The settings of each function, as `src/settings` reads them. Names and ARNs, no secret. */
export const listEnvironments = (
  {
    variables,
    counters,
    isAuditDaily,
    batchingWindowSeconds,
    digest: rhythm,
  }: Pick<
    ResolvedProps,
    'variables' | 'counters' | 'isAuditDaily' | 'batchingWindowSeconds' | 'digest'
  >,
  tables: Tables,
  { hashKey, streamMapping, formerShards, digest }: References,
): Record<FunctionName, Variables> => {
  const values: Partial<Record<VariableName, string | undefined>> = {
    ...variables,
    SESSIONS_TABLE: tables.sessions.tableName,
    COUNTS_TABLE: tables.counts.tableName,
    STREAM_MAPPING_ID: streamMapping.id,
    FORMER_ACTIVE_SHARDS: formerShards,
    AUDIT_WITHIN_HOURS: isAuditDaily ? DAILY_AUDIT_HOURS : undefined,
    BATCHING_WINDOW_SECONDS: String(batchingWindowSeconds),
    HASH_KEY_PARAMETER: hashKey.parameter?.parameterName,
    HASH_KEY_SECRET_ID: hashKey.secret?.secretArn,
    DIGEST: rhythm,
    DIGEST_TOPIC: digest?.topicArn,
    DIGEST_API_ID: digest?.apiId,
    DIGEST_FUNCTIONS: digest?.functions,
  };
  const hasPatterns = counters.prefixes.length > 0;
  const isUnneeded = (name: FunctionName, variable: VariableName): boolean =>
    isOmitted(variable, values[variable]) ||
    // Ingest stores names there, those that patterns admit.
    (name === 'ingest' && variable === 'COUNTS_TABLE' && !hasPatterns);
  const entries = ALL_FUNCTIONS.map((name) => [
    name,
    pick(
      values,
      variablesOf(name).filter((variable) => !isUnneeded(name, variable)),
    ),
  ]);
  return Object.fromEntries(entries) as Record<FunctionName, Variables>;
};

const isOmitted = (variable: VariableName, value: string | undefined): boolean => {
  const definition: Definition = SETTINGS[variable];
  return (
    definition.omitDefault === true &&
    'default' in definition &&
    value === String(definition.default)
  );
};

// A day, and more than an audit takes: 15 minutes, the longest that a function may run.
const DAILY_AUDIT_HOURS = '26';

const pick = (
  values: Partial<Record<VariableName, string | undefined>>,
  names: VariableName[],
): Variables =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** The settings of all functions together, except for those of the digest, and for what only the deployment knows. */
export const mergeEnvironments = ({
  digest,
  ...environments
}: Record<FunctionName, Variables>): Variables => {
  const {
    SESSIONS_TABLE,
    COUNTS_TABLE,
    FORMER_ACTIVE_SHARDS,
    STREAM_MAPPING_ID,
    AUDIT_WITHIN_HOURS,
    BATCHING_WINDOW_SECONDS,
    ...settings
  } = Object.assign({}, ...Object.values(environments));
  return settings;
};

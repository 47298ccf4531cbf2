import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { FunctionName } from '../../src/settings/function-name.ts';
import type { StreamMapping } from '../stream-mapping.ts';
import type { Tables } from '../tables.ts';
import type { ResolvedProps } from './resolve-props.ts';

/** What functions are told of and may use, beside the tables. */
export interface References {
  readonly hashKey: ISecret | undefined;
  readonly streamMapping: StreamMapping;
}

/** The settings of each function, as `src/settings` reads them. Names and an ARN, no secret. */
export const listEnvironments = (
  props: ResolvedProps,
  tables: Tables,
  { hashKey, streamMapping }: References,
): Record<FunctionName, Record<string, string>> => {
  const sessions = { SESSIONS_TABLE: tables.sessions.tableName };
  const counts = { COUNTS_TABLE: tables.counts.tableName };
  const origins = { ALLOWED_ORIGINS: props.allowedOrigins };
  const window = {
    ACTIVE_WINDOW_MINUTES: String(props.activeWindowMinutes),
    ACTIVE_SHARDS: String(props.activeShards),
  };
  const rules = {
    RETENTION_DAYS: String(props.retentionDays),
    TOUCH_INTERVAL_SECONDS: String(props.touchIntervalSeconds),
  };
  const budget = { ACTIVE_READ_UNITS_PER_SECOND: String(props.activeReadUnitsPerSecond) };
  const name = { COUNTER_NAME: props.name };
  const hash = {
    HASH_SCHEME: props.hash.scheme,
    ...(hashKey && { HASH_KEY_SECRET_ID: hashKey.secretArn }),
  };
  return {
    ingest: { ...sessions, ...origins, ...hash, ...name, ...rules, ...window },
    projector: { ...counts, ...name },
    query: { ...sessions, ...counts, ...origins, ...window, ...budget },
    reporter: {
      ...{ ...sessions, ...counts, ...window, ...name },
      STREAM_MAPPING_ID: streamMapping.id,
    },
    audit: { ...sessions, ...counts, ...name },
  };
};

/** The settings of all functions together, but for those that name the tables and the mapping. */
export const mergeSettings = (
  environments: Record<FunctionName, Record<string, string>>,
): Record<string, string> => {
  const { SESSIONS_TABLE, COUNTS_TABLE, STREAM_MAPPING_ID, ...settings } = Object.assign(
    {},
    ...Object.values(environments),
  );
  return settings;
};

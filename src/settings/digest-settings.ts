import { DIGEST_RHYTHMS, type DigestRhythm } from './allowed-values.ts';
import { readWatchedCounters } from './counter-lists.ts';
import type { VariableName } from './definitions.ts';
import {
  type Environment,
  readChoice,
  readCounterName,
  readCountsTable,
  readOptional,
  readSessionsTable,
} from './readers.ts';
import { SettingError } from './setting-error.ts';

/** The settings of the digest. */
export interface DigestSettings {
  readonly rhythm: DigestRhythm;
  readonly topicArn: string;
  readonly counterName: string;
  readonly watchedCounters: readonly string[];
  readonly countsTable: string;
  /** For its metrics only: the digest reads no row. */
  readonly sessionsTable: string;
  readonly apiId: string;
  readonly functions: readonly MeteredFunction[];
}

/** A function whose calls cost money. */
export interface MeteredFunction {
  readonly name: string;
  readonly megabytes: number;
}

/** The settings of the digest. Throws a SettingError that names the first setting that is wrong. */
export const readDigestSettings = (env: Environment): DigestSettings => ({
  sessionsTable: readSessionsTable(env),
  countsTable: readCountsTable(env),
  watchedCounters: readWatchedCounters(env),
  counterName: readCounterName(env) ?? fail('COUNTER_NAME', 'the name in the metrics'),
  rhythm: readChoice(env, 'DIGEST', DIGEST_RHYTHMS),
  topicArn: readText(env, 'DIGEST_TOPIC', 'the ARN of a topic'),
  apiId: readText(env, 'DIGEST_API_ID', 'the id of an HTTP API'),
  functions: readFunctions(env),
});

const fail = (name: VariableName, expected: string, text?: string): never => {
  throw new SettingError(name, expected, text);
};

const readText = (env: Environment, name: VariableName, expected: string): string =>
  readOptional(env, name) ?? fail(name, expected);

const FUNCTION = /^([\w-]{1,64}):(\d{3,5})$/;

const readFunctions = (env: Environment): MeteredFunction[] => {
  const name = 'DIGEST_FUNCTIONS';
  const expected = 'names of functions with their memory in MB, such as ingest:512,query:512';
  const text = readText(env, name, expected);
  return text.split(',').map((entry) => {
    const [, functionName, megabytes] = FUNCTION.exec(entry.trim()) ?? fail(name, expected, text);
    return { name: String(functionName), megabytes: Number(megabytes) };
  });
};

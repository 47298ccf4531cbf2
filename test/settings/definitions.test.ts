import { expect, it } from 'vitest';
import {
  type Definition,
  SETTINGS,
  VARIABLE_NAMES,
  variablesOf,
} from '../../src/settings/definitions.ts';
import { readDigestSettings } from '../../src/settings/digest-settings.ts';
import { ALL_FUNCTIONS, type FunctionName } from '../../src/settings/function-name.ts';
import type { Environment } from '../../src/settings/readers.ts';
import {
  readAuditSettings,
  readIngestSettings,
  readProjectorSettings,
  readQuerySettings,
  readReporterSettings,
} from '../../src/settings/settings.ts';

const READERS: Readonly<Record<FunctionName, (env: Environment) => object>> = {
  ingest: readIngestSettings,
  projector: readProjectorSettings,
  query: readQuerySettings,
  reporter: readReporterSettings,
  audit: readAuditSettings,
  digest: readDigestSettings,
  legacy: (env) => ({ ...readIngestSettings(env), ...readQuerySettings(env) }),
};

const TABLES = {
  ...{ SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts', COUNTER_NAME: 'page' },
  ...{ DIGEST_TOPIC: 'arn:aws:sns:eu-central-1:123456789012:t', DIGEST_API_ID: 'abc' },
  DIGEST_FUNCTIONS: 'ingest:512',
};

// Ingest reads some settings only for patterns.
const WITH_PATTERNS = { ...TABLES, COUNTERS: 'blog/*' };

const variablesReadBy = (name: FunctionName): Set<string> => {
  const read = new Set<string>();
  const get = (env: Environment, variable: string) => {
    read.add(variable);
    return env[variable];
  };
  READERS[name](new Proxy<Environment>(WITH_PATTERNS, { get }));
  return read;
};

it.each(ALL_FUNCTIONS)('lists for %s the settings that it reads, and no others', (name) => {
  expect([...variablesReadBy(name)].sort()).toEqual(variablesOf(name).sort());
});

const defaults = (): Environment => {
  const definitions: Readonly<Record<string, Definition>> = SETTINGS;
  return Object.fromEntries(
    Object.entries(definitions).flatMap(([name, definition]) =>
      'default' in definition ? [[name, String(definition.default)]] : [],
    ),
  );
};

it.each(ALL_FUNCTIONS)('has the defaults that %s takes', (name) => {
  const read = READERS[name];
  expect(read(TABLES)).toEqual(read({ ...TABLES, ...defaults() }));
  expect(Object.keys(defaults()).length).toBeGreaterThan(8);
});

it('has no setting that no function reads', () => {
  const read = new Set(ALL_FUNCTIONS.flatMap((name) => variablesOf(name)));
  expect([...read].sort()).toEqual(VARIABLE_NAMES.toSorted());
});

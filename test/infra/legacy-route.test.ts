import { beforeAll, expect, it } from 'vitest';
import { FUNCTION_LIMITS } from '../../infra/props/function-limits.ts';
import { readIngestSettings, readQuerySettings } from '../../src/settings/settings.ts';
import { grantsOf } from './grants.ts';
import { type Synthesis, synthesize } from './synthesize.ts';

const LEGACY = 'Functions/legacy/';

let without: Synthesis;
let synthesis: Synthesis;

beforeAll(() => {
  without = synthesize();
  synthesis = synthesize({ legacyRoute: true, throttle: { ratePerSecond: 7, burst: 9 } });
});

interface Resources {
  readonly Resources: Record<string, { readonly Type: string }>;
}

const resourcesOf = ({ text, pathOf }: Synthesis): string[] =>
  Object.entries((JSON.parse(text) as Resources).Resources).map(
    ([id, { Type }]) => `${Type} ${pathOf(id)}`,
  );

it('changes nothing in the template while it is off', () => {
  expect(synthesize({ legacyRoute: false }).text).toBe(without.text);
  expect(without.text).not.toMatch(/legacy/i);
});

it('adds a function with its role and log, a filter on its log, and a route that calls it, and nothing else', () => {
  const added = new Set(resourcesOf(synthesize({ legacyRoute: true })));
  for (const resource of resourcesOf(without)) expect(added.delete(resource)).toBe(true);
  expect([...added].sort()).toEqual([
    'AWS::ApiGatewayV2::Integration Api/Legacy/Legacy',
    'AWS::ApiGatewayV2::Route Api/Legacy',
    'AWS::IAM::Role Functions/legacy/Role',
    'AWS::Lambda::Function Functions/legacy/Function',
    'AWS::Lambda::Permission Api/Legacy/Legacy-Permission',
    'AWS::Logs::LogGroup Functions/legacy/Log',
    'AWS::Logs::MetricFilter RateLimited/Legacy',
  ]);
});

it('routes every method on / to the function, so that it answers preflights, too', () => {
  expect(synthesis.properties('AWS::ApiGatewayV2::Route', 'Api/Legacy')).toMatchObject({
    RouteKey: 'ANY /',
    Target: 'integrations/Api/Legacy/Legacy',
  });
  expect(synthesis.properties('AWS::ApiGatewayV2::Integration', 'Api/Legacy/Legacy')).toMatchObject(
    {
      IntegrationUri: `${LEGACY}Function.Arn`,
      PayloadFormatVersion: '2.0',
    },
  );
  expect(
    synthesis.properties('AWS::Lambda::Permission', 'Api/Legacy/Legacy-Permission'),
  ).toMatchObject({
    FunctionName: `${LEGACY}Function.Arn`,
    Principal: 'apigateway.amazonaws.com',
    SourceArn: expect.stringMatching(/Api\/Http\/\*\/\*\/$/),
  });
});

it('throttles the route like the others', () => {
  const stage = synthesis.properties('AWS::ApiGatewayV2::Stage');
  expect(stage.RouteSettings).toHaveProperty('ANY /', {
    ThrottlingRateLimit: 7,
    ThrottlingBurstLimit: 9,
  });
});

it('allows the function the write of ingest and the reads of query, and no deletion', () => {
  const union = [...grantsOf(synthesis, 'ingest'), ...grantsOf(synthesis, 'query')]
    .filter((grant) => !grant.includes(' logs:') && !grant.includes('DeleteItem'))
    .sort();
  const own = grantsOf(synthesis, 'legacy').filter((grant) => !grant.includes(' logs:'));
  expect(own.sort()).toEqual(union);
  expect(own).toHaveLength(4);
});

it('lets the function write its own log only, which is kept for two weeks', () => {
  expect(grantsOf(synthesis, 'legacy').filter((grant) => grant.includes(' logs:'))).toEqual([
    `Allow logs:CreateLogStream ${LEGACY}Log.Arn`,
    `Allow logs:PutLogEvents ${LEGACY}Log.Arn`,
  ]);
  expect(synthesis.properties('AWS::Logs::LogGroup', `${LEGACY}Log`).RetentionInDays).toBe(14);
});

interface DeployedFunction {
  readonly Environment: { readonly Variables: Record<string, string> };
}

const functionOf = (name: string, from = synthesis): DeployedFunction =>
  from.properties('AWS::Lambda::Function', `Functions/${name}/Function`);

it('runs the function within its limits, with the settings of ingest and query', () => {
  const { memoryMegabytes, timeoutSeconds } = FUNCTION_LIMITS.legacy;
  const legacy = functionOf('legacy');
  expect(legacy).toMatchObject({
    Handler: 'index.handler',
    MemorySize: memoryMegabytes,
    Timeout: timeoutSeconds,
    LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN', LogGroup: `${LEGACY}Log` },
  });
  const { Variables } = legacy.Environment;
  expect(Variables).toEqual({
    ...functionOf('ingest').Environment.Variables,
    ...functionOf('query').Environment.Variables,
  });
  const named = {
    ...Variables,
    ...{ SESSIONS_TABLE: 'Sessions', COUNTS_TABLE: 'Counts', FORMER_ACTIVE_SHARDS: 'none' },
  };
  expect(readIngestSettings(named).counterName).toBe('blog');
  expect(readQuerySettings(named).activeWindowMinutes).toBe(60);
});

it('has no key to read when the hash has none', () => {
  const plain = synthesize({ legacyRoute: true, hashScheme: 'sha256' });
  expect(grantsOf(plain, 'legacy').join()).not.toContain('ssm:');
  expect(functionOf('legacy', plain).Environment.Variables.HASH_SCHEME).toBe('sha256');
});

it('reserves concurrency for the function only while it is deployed', () => {
  const reservedConcurrency = { legacy: 3 };
  expect(
    functionOf('legacy', synthesize({ legacyRoute: true, reservedConcurrency })),
  ).toMatchObject({ ReservedConcurrentExecutions: 3 });
  expect(() => synthesize({ reservedConcurrency })).toThrow(
    'reservedConcurrency must be set only for functions that are deployed',
  );
});

it('needs no further alarm: errors and throttles of the function are errors of the API', () => {
  const alarms = Object.keys(synthesis.ofType('AWS::CloudWatch::Alarm'));
  expect(alarms).toEqual(Object.keys(without.ofType('AWS::CloudWatch::Alarm')));
});

it('shows errors and throttles of the function on the dashboard, and links to its log', () => {
  const { DashboardBody } = synthesis.properties<{ DashboardBody: string }>(
    'AWS::CloudWatch::Dashboard',
  );
  const shown = DashboardBody.split(`${LEGACY}Function`).length - 1;
  expect(shown).toBe(2);
  expect(DashboardBody).toMatch(/\[legacy\]\(\S+Functions\/legacy\/Log\)/);
});

import { describe, expect, it } from 'vitest';
import { ACTIVE_SHARDS_TYPE } from '../../infra/active-shards-type.ts';
import { grantsOfRole } from './grants.ts';
import { synthesize } from './synthesize.ts';

const FUNCTION = 'AWS::Lambda::Function';
const SHARDS = 'ACTIVE_SHARDS';

const dependenciesOf = (name: string, legacyRoute: boolean): string[] => {
  const { ofType, pathOf } = synthesize({ legacyRoute });
  const { DependsOn = [] } = ofType(FUNCTION)[`Functions/${name}/Function`] ?? {};
  return DependsOn.map(pathOf).filter((path) => /^Functions\/\w+\/Function$/.test(path));
};

const variablesOf = (name: string, activeShards?: number): Record<string, string> =>
  synthesize({ activeShards }).properties<{ Environment: { Variables: Record<string, string> } }>(
    FUNCTION,
    `Functions/${name}/Function`,
  ).Environment.Variables;

describe('the partitions of the index of active sessions', () => {
  it('are known to a resource, with the table to ask', () => {
    expect(synthesize({ activeShards: 3 }).properties(ACTIVE_SHARDS_TYPE)).toEqual({
      ServiceToken: 'ActiveShards/Finder/Function.Arn',
      ServiceTimeout: '300',
      ActiveShards: '3',
      SessionsTable: 'Tables/Sessions',
    });
  });

  it('are known to a resource that keeps its logical id: another one would not know the number before', () => {
    expect(synthesize().text).toContain('"CounterActiveShardsFormer7F2EE6B4":{"Type":"Custom::');
  });

  it('are the same number for that resource and for all functions that use it', () => {
    for (const activeShards of [undefined, 3]) {
      const { ActiveShards } = synthesize({ activeShards }).properties(ACTIVE_SHARDS_TYPE);
      for (const name of ['ingest', 'query', 'reporter']) {
        expect(variablesOf(name, activeShards)[SHARDS]).toBe(ActiveShards);
      }
    }
  });

  it('of the time before a change are an attribute of that resource, for the functions that count', () => {
    for (const name of ['query', 'reporter']) {
      expect(variablesOf(name).FORMER_ACTIVE_SHARDS).toBe(
        'ActiveShards/Former/Default.FormerShards',
      );
    }
    expect(variablesOf('ingest')).not.toHaveProperty('FORMER_ACTIVE_SHARDS');
  });

  it('are found by a function that may only query the index', () => {
    expect(grantsOfRole(synthesize(), 'ActiveShards/Finder/Role')).toEqual([
      'Allow dynamodb:Query Tables/Sessions.Arn/index/active-sessions',
      'Allow logs:CreateLogStream ActiveShards/Finder/Log.Arn',
      'Allow logs:PutLogEvents ActiveShards/Finder/Log.Arn',
    ]);
  });
});

describe('what is new in a row is understood before it is written:', () => {
  const [legacy, projector, query, reporter] = ['legacy', 'projector', 'query', 'reporter'].map(
    (name) => `Functions/${name}/Function`,
  );

  it('ingest is deployed after projector, query and reporter', () => {
    expect(dependenciesOf('ingest', false).sort()).toEqual([projector, query, reporter]);
    expect(dependenciesOf('projector', false)).toEqual([]);
    expect(dependenciesOf('query', false)).toEqual([]);
    expect(dependenciesOf('reporter', false)).toEqual([]);
  });

  it('legacy, which counts and writes, is deployed between them', () => {
    expect(dependenciesOf('ingest', true).sort()).toEqual([legacy, projector, query, reporter]);
    expect(dependenciesOf('legacy', true).sort()).toEqual([query, reporter]);
  });
});

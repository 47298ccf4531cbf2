import { expect, it } from 'vitest';
import type { AwsCall } from '../../../proof/permissions/aws-call.ts';
import type { Evaluate } from '../../../proof/permissions/evaluator.ts';
import { findFaults, type Role } from '../../../proof/permissions/findings.ts';
import { parseStatement } from '../../../proof/permissions/statement.ts';

// The real evaluator is not installed here. This one knows neither wildcards within a name nor conditions.
const evaluate: Evaluate = async (statements, { action, resource }) =>
  statements.some(
    ({ Action, Resource }) =>
      (Action.includes(action) || Action.includes('*')) &&
      (Resource.includes(resource) || Resource.includes('*')),
  );

const call = (action: string, resource: string): AwsCall => ({ action, resource, context: {} });

const faultsOf = (
  { name = 'query', ...role }: Partial<Pick<Role, 'name' | 'calls' | 'forbidden'>>,
  ...allowed: [action: string, resource: string][]
): Promise<string[]> => {
  const statements = allowed.map(([Action, Resource]) =>
    parseStatement({ Effect: 'Allow', Action, Resource }),
  );
  return findFaults({ name, statements, calls: [], forbidden: [], ...role }, evaluate);
};

it('finds nothing in a role that allows exactly what its function calls', async () => {
  const calls = [call('db:Get', 't'), call('db:Get', 't'), call('db:Put', 't')];
  expect(await faultsOf({ calls }, ['db:Get', 't'], ['db:Put', 't'])).toEqual([]);
});

it('finds a call that is denied', async () => {
  const calls = [call('db:Get', 't'), call('db:Put', 't')];
  expect(await faultsOf({ calls }, ['db:Get', 't'])).toEqual([
    'query calls db:Put on t, which its role denies',
  ]);
});

it.each([
  { surplus: 'another action', allowed: ['db:Delete', 't'] },
  { surplus: 'another resource', allowed: ['db:Get', 'u'] },
  { surplus: 'what another grant allows already', allowed: ['db:Get', 't'] },
] as const)('finds a grant of $surplus', async ({ allowed: [action, resource] }) => {
  const faults = await faultsOf(
    { calls: [call('db:Get', 't')] },
    ['db:Get', 't'],
    [action, resource],
  );
  expect(faults).toContain(
    `query is allowed ${action} on ${resource}, which none of its calls needs`,
  );
});

it.each([
  ['*', 't'],
  ['db:Get', '*'],
])('finds a wildcard: %s on %s', async (action, resource) => {
  expect(await faultsOf({ calls: [call('db:Get', 't')] }, [action, resource])).toEqual([
    `query is allowed ${action} on ${resource}, which has a wildcard`,
  ]);
});

it('accepts the wildcard of an action without resources', async () => {
  const calls = [call('cloudwatch:GetMetricData', '*')];
  expect(await faultsOf({ calls }, ['cloudwatch:GetMetricData', '*'])).toEqual([]);
});

it('finds a forbidden call that is allowed', async () => {
  const role = { calls: [call('db:Get', 't')], forbidden: [call('db:Get', 't')] };
  expect(await faultsOf(role, ['db:Get', 't'])).toEqual([
    'query may call db:Get on t, which must be denied',
  ]);
});

it('accepts ListStreams, which cannot be evaluated, of the projector alone', async () => {
  expect(await faultsOf({ name: 'projector' }, ['dynamodb:ListStreams', 's'])).toEqual([]);
  expect(await faultsOf({ name: 'query' }, ['dynamodb:ListStreams', 's'])).toEqual([
    'query is allowed dynamodb:ListStreams on s, which none of its calls needs',
  ]);
});

import { expect, it } from 'vitest';
import { synthesizeCounter } from '../../../proof/deployment/synthesize-counter.ts';
import { readDeployment } from '../../../proof/permissions/deployment.ts';
import { DEPLOYMENTS } from '../../../proof/permissions/deployments.ts';
import { FORBIDDEN, forbiddenTo } from '../../../proof/permissions/forbidden-calls.ts';
import { FUNCTION_NAMES } from '../../../proof/permissions/reasons.ts';
import { withBundles } from '../../infra/synthesize.ts';

const deployments = withBundles((bundleFolder) =>
  Object.values(DEPLOYMENTS).map((propsOf) =>
    readDeployment(synthesizeCounter(propsOf, bundleFolder)),
  ),
);

it.each(FORBIDDEN)('to $what has calls in a deployment', ({ calls }) => {
  expect(deployments.flatMap(calls)).not.toEqual([]);
});

it('excepts only functions that there are', () => {
  const excepted = FORBIDDEN.flatMap(({ except }) => except);
  expect(excepted.filter((name) => !FUNCTION_NAMES.includes(name))).toEqual([]);
});

it('lets the audit alone scan the tables', () => {
  const scans = (name: string) =>
    deployments.map(
      (deployment) =>
        forbiddenTo(name, deployment).filter(
          ({ action, resource }) => action === 'dynamodb:Scan' && !resource.includes('table/other'),
        ).length,
    );
  expect(scans('query')).toEqual([3, 3, 3, 3]);
  expect(scans('audit')).toEqual([0, 0, 0, 0]);
});

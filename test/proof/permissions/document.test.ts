import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { synthesizeCounter } from '../../../proof/deployment/synthesize-counter.ts';
import { DEPLOYMENTS } from '../../../proof/permissions/deployments.ts';
import { forbiddenTable, permissionsTable } from '../../../proof/permissions/document.ts';
import { type ListedGrant, listGrants } from '../../../proof/permissions/listed-grant.ts';
import { listPermittedFunctions } from '../../../proof/permissions/permitted-functions.ts';
import { explainedGrants, REASONS } from '../../../proof/permissions/reasons.ts';
import { withBundles } from '../../infra/synthesize.ts';

// After a change of the permissions: npx vitest run test/proof/permissions --update
it('docs/security.md has the tables of what is allowed and denied', async () => {
  const tables = { permissions: permissionsTable(), denied: forbiddenTable() };
  let text = readFileSync('docs/security.md', 'utf8');
  for (const [marker, table] of Object.entries(tables)) {
    const section = new RegExp(`(?<=<!-- ${marker} -->\n).*(?=<!-- /${marker} -->)`, 's');
    expect(text).toMatch(section);
    text = text.replace(section, () => `${table}\n`);
  }
  await expect(text).toMatchFileSnapshot('../../../docs/security.md');
});

describe('the reasons', () => {
  const describeGrant = ({ functionName, action, place, keys }: ListedGrant): string =>
    [functionName, action, place, ...keys].join(' ');
  const granted = withBundles((bundleFolder) =>
    Object.values(DEPLOYMENTS)
      .map((propsOf) => synthesizeCounter(propsOf, bundleFolder))
      .flatMap(listPermittedFunctions)
      .flatMap(listGrants),
  ).map(describeGrant);
  const explained = explainedGrants(REASONS).map(describeGrant);

  it('explain each permission of each deployment', () => {
    expect(granted.length).toBeGreaterThan(150);
    expect(granted.filter((grant) => !explained.includes(grant))).toEqual([]);
  });

  it('explain nothing that no deployment has, and nothing twice', () => {
    expect(explained.filter((grant) => !granted.includes(grant))).toEqual([]);
    expect(explained).toHaveLength(new Set(explained).size);
  });
});

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { withBundles } from '../../infra/synthesize.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const EXAMPLE = 'examples/resume-site';

// The example imports the package by its name, under which it is not installed here.
const CONSTRUCT = pathToFileURL(resolve('test/package/examples/construct-in-checkout.ts')).href;
const HOOKS = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve: (name, context, next) =>
      name === 'session-counter' ? { url: '${CONSTRUCT}', shortCircuit: true } : next(name, context),
  });
`)}`;

// The CDK writes the template when the app ends.
const synthesizeExample = (): string => {
  const folder = temporaryFolder();
  const { status, stderr } = withBundles((bundles) =>
    spawnSync(process.execPath, ['--import', HOOKS, 'app.mjs'], {
      ...{ cwd: EXAMPLE, encoding: 'utf8' },
      env: {
        ...process.env,
        ...{ BUNDLE_FOLDER: bundles, CDK_OUTDIR: folder },
        CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:disable-asset-staging': true }),
      },
    }),
  );
  if (status !== 0) throw new Error(stderr);
  return readFileSync(join(folder, 'Resume.template.json'), 'utf8');
};

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly DistributionConfig: {
      readonly CacheBehaviors: readonly { readonly PathPattern: string }[];
      readonly Origins: readonly {
        readonly OriginAccessControlId?: object;
        readonly OriginCustomHeaders?: readonly object[];
      }[];
    };
  };
}

it('is a whole site in about 40 lines: a bucket that only CloudFront reads, and the counter as a path', () => {
  const template = synthesizeExample();
  const { Resources, Outputs } = JSON.parse(template);
  const resources = Object.values<Resource>(Resources);
  const distributions = resources.filter(({ Type }) => Type === 'AWS::CloudFront::Distribution');
  expect(distributions).toHaveLength(1);
  const { CacheBehaviors, Origins } = distributions[0]?.Properties.DistributionConfig ?? {};
  expect(CacheBehaviors?.map(({ PathPattern }) => PathPattern)).toEqual([
    '/counter/sessions*',
    '/counter/*',
  ]);
  expect(
    Origins?.map((origin) => Object.keys(origin).filter((key) => /^Origin[AC]/.test(key))),
  ).toEqual([['OriginAccessControlId'], ['OriginCustomHeaders']]);
  expect(Outputs.CounterHtml.Value).toContain('src="/counter/widget.js"');
  const page = readFileSync(`${EXAMPLE}/pages/index.html`, 'utf8');
  for (const part of Outputs.CounterHtml.Value.split(/(?<=<\/script>)/))
    expect(page).toContain(part);
  expect(readFileSync(`${EXAMPLE}/app.mjs`, 'utf8').split('\n').length).toBeLessThanOrEqual(42);
}, 60_000);

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { FEATURE_FLAGS } from '../../infra/app/feature-flags.ts';
import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { SessionCounter } from '../../infra/session-counter.ts';
import type { Template } from '../../infra/settings/template.ts';
import { ACCOUNT, REGION } from './account.ts';

/**
 * The template of a counter, whose functions have the bundles in `bundleFolder`, by default those of the build. Leaves
 * no files behind. Throws an InvalidPropError if a bundle is missing.
 */
export const synthesizeCounter = (
  propsOf: (stack: Stack) => SessionCounterProps,
  bundleFolder?: string,
): Template => {
  const outdir = mkdtempSync(join(tmpdir(), 'session-counter-cdk.out-'));
  try {
    const app = new App({
      ...{ outdir, analyticsReporting: false, postCliContext: FEATURE_FLAGS },
      // cdk-nag and `npm run synth` check the rules of CloudFormation.
      builtinCloudFormationValidation: false,
      // So that each function names the folder of its bundle.
      context: { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:disable-asset-staging': true },
    });
    const stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: REGION } });
    new SessionCounter(stack, 'Counter', { name: 'counter', bundleFolder, ...propsOf(stack) });
    return app.synth().getStackByName(stack.stackName).template as Template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

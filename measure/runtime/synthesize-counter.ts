import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { FEATURE_FLAGS } from '../../infra/app/feature-flags.ts';
import { SessionCounter } from '../../infra/session-counter.ts';
import type { Template } from '../../infra/settings/template.ts';
import { ACCOUNT, REGION } from './account.ts';

/**
 * The template of a counter that deploys every function, with the bundles in `bundleFolder`. Writes it into `folder`.
 * Throws an InvalidPropError if a bundle is missing.
 */
export const synthesizeCounter = (folder: string, bundleFolder: string): Template => {
  const app = new App({
    ...{ outdir: join(folder, 'cdk.out'), analyticsReporting: false },
    postCliContext: FEATURE_FLAGS,
    // `npm run synth` checks the rules of CloudFormation.
    builtinCloudFormationValidation: false,
    // So that each function names the folder of its bundle.
    context: { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:disable-asset-staging': true },
  });
  const stack = new Stack(app, 'Runtime', { env: { account: ACCOUNT, region: REGION } });
  new SessionCounter(stack, 'Counter', {
    ...{ name: 'runtime', bundleFolder, legacyRoute: true },
    ...{ digest: 'weekly', alarmEmail: 'me@example.com' },
  });
  return app.synth().getStackByName(stack.stackName).template as Template;
};

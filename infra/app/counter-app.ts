import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { writeBundles } from '../bundling/bundles.ts';
import { checkContext } from '../settings/check-context.ts';
import { type CounterSettings, DEFAULTS } from '../settings/counter-settings.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { nameAfterFile, readSettingsFile } from '../settings/settings-file.ts';
import { addCounterStack } from './counter-stack.ts';

/**
 * Builds the bundles and adds the stack that `file` describes to an app. A missing file means the
 * defaults if `isMissingAllowed`. Throws a SettingsError when the file is missing otherwise, when it
 * is invalid, and for a setting that is given as a context value.
 */
export const createCounterApp = async (file: string, isMissingAllowed: boolean): Promise<void> => {
  const app = new App();
  checkContext(Object.keys(app.node.getAllContext()), file);
  const settings = readSettingsFile(file)?.settings ?? missing(file, isMissingAllowed);
  await writeBundles();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  addCounterStack(app, settings, 'dist');
};

const missing = (file: string, isAllowed: boolean): CounterSettings => {
  if (isAllowed) return { ...DEFAULTS, name: nameAfterFile(file) };
  throw new SettingsError(file, [
    'there is no such file. Defaults instead could change a running counter. `npm run deploy` ' +
      'writes the file: from the stack, or with the defaults when there is no stack. ' +
      '`npm run synth` does without it',
  ]);
};

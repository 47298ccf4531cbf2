import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { writeBundles } from './bundling/bundles.ts';
import { addCounterStack } from './counter-stack.ts';
import { checkContext } from './settings/check-context.ts';
import { type CounterSettings, DEFAULTS } from './settings/counter-settings.ts';
import { SettingsError } from './settings/settings-error.ts';
import { nameAfterFile, readSettingsFile } from './settings/settings-file.ts';

/**
 * Makes the app with the stack that `file` describes. Throws a SettingsError when the file is
 * missing or wrong, or a context value stands in for it; only `isMissingAllowed` takes defaults.
 */
export const createCounterApp = async (file: string, isMissingAllowed: boolean): Promise<void> => {
  const app = new App();
  checkContext(Object.keys(app.node.getAllContext()), file);
  const settings = readSettingsFile(file)?.settings ?? missing(file, isMissingAllowed);
  await writeBundles();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  addCounterStack(app, settings);
};

const missing = (file: string, isAllowed: boolean): CounterSettings => {
  if (isAllowed) return { ...DEFAULTS, name: nameAfterFile(file) };
  throw new SettingsError(file, [
    'there is no such file. Defaults in its place could change a counter that runs. ' +
      '`npm run deploy` writes it: from the stack, or with the defaults when there is no stack. ' +
      '`npm run synth` makes a template without it',
  ]);
};

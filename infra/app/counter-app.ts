import { App } from 'aws-cdk-lib';
import { commandLine, isPackage } from '../../src/runtime/command-line.ts';
import { checkContext } from '../settings/check-context.ts';
import { type CounterSettings, DEFAULTS } from '../settings/counter-settings.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { nameAfterFile, readSettingsFile } from '../settings/settings-file.ts';
import { addCounterStack } from './counter-stack.ts';
import { FEATURE_FLAGS } from './feature-flags.ts';

/**
 * Creates an app with the stack that `file` describes. A missing file means the defaults if
 * `isMissingAllowed`. Throws a SettingsError when the file is missing otherwise, when it is invalid,
 * and in a checkout for a setting that is given as a context value.
 */
export const createCounterApp = (file: string, isMissingAllowed: boolean): App => {
  // Given here, too, because the cdk.json of another project may be in the working directory.
  const app = new App({ postCliContext: FEATURE_FLAGS, analyticsReporting: false });
  // In the package, the commands have checked their own context values; others belong to another app.
  if (!isPackage) checkContext(Object.keys(app.node.getAllContext()), file);
  const settings = readSettingsFile(file)?.settings ?? missing(file, isMissingAllowed);
  addCounterStack(app, settings);
  return app;
};

const missing = (file: string, isAllowed: boolean): CounterSettings => {
  if (isAllowed) return { ...DEFAULTS, name: nameAfterFile(file) };
  throw new SettingsError(file, [
    `there is no such file. Defaults instead could change a running counter. ${commandLine('deploy')} ` +
      'writes the file: from the stack, or with the defaults when there is no stack. ' +
      `${commandLine('synth')} does without it`,
  ]);
};

import type { App } from 'aws-cdk-lib';
import { InvalidPropError } from '../props/invalid-prop-error.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { DEFAULT_FILE, MISSING_VARIABLE, SETTINGS_VARIABLE } from '../settings/settings-file.ts';
import { createCounterApp } from './counter-app.ts';

/**
 * Runs the CDK app of a deployment, with the settings file and the treatment of a missing one that
 * the environment names. `prepare` gets the app before it is synthesized. Prints an invalid setting
 * and ends the process with exit code 1.
 */
export const runApp = (prepare: (app: App) => void = () => undefined): void => {
  const { [SETTINGS_VARIABLE]: file, [MISSING_VARIABLE]: whenMissing } = process.env;
  try {
    prepare(createCounterApp(file || DEFAULT_FILE, whenMissing === 'defaults'));
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof InvalidPropError)) throw error;
    process.stderr.write(`${error.message}\n`);
    // At once: when the event loop ends, the CDK would synthesize the unfinished app.
    process.exit(1);
  }
};

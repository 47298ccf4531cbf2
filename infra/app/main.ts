import { InvalidPropError } from '../props/invalid-prop-error.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { DEFAULT_FILE, MISSING_VARIABLE, SETTINGS_VARIABLE } from '../settings/settings-file.ts';
import { createCounterApp } from './counter-app.ts';

const { [SETTINGS_VARIABLE]: file, [MISSING_VARIABLE]: whenMissing } = process.env;

try {
  await createCounterApp(file || DEFAULT_FILE, whenMissing === 'defaults');
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof InvalidPropError)) throw error;
  process.stderr.write(`${error.message}\n`);
  // At once: when the event loop ends, the CDK would synthesize the unfinished app.
  process.exit(1);
}

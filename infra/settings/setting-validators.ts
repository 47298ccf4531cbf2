import { Ajv } from 'ajv';
import { SETTING_NAMES, type SettingName } from './counter-settings.ts';
import { DEFINITIONS } from './definitions.ts';
import { describeValues } from './describe-values.ts';

const ajv = new Ajv();

const compile = (name: SettingName) => ajv.compile(describeValues(DEFINITIONS[name]).schema);

/**
 * Whether a value follows the JSON schema of a setting, by the name of the setting. The package has the code that Ajv
 * compiles, without Ajv.
 */
export const VALIDATORS = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, compile(name)]),
) as Record<SettingName, ReturnType<typeof compile>>;

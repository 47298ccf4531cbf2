import { readFileSync } from 'node:fs';
import { isSettingName } from './counter-settings.ts';
import { nearestSetting } from './nearest-setting.ts';
import { SettingsError } from './settings-error.ts';

/**
 * Settings come from a file alone. Throws a SettingsError for a context key that is a setting or
 * meant to be one: any that is neither the CDK's own nor one that our cdk.json has. Left alone it
 * would be ignored in silence.
 */
export const checkContext = (keys: readonly string[], file: string): void => {
  const fromProject = projectContext();
  const refused = keys.filter((key) => isMeantAsSetting(key, fromProject));
  if (refused.length > 0) throw new SettingsError(file, refused.map(wayToTheFile));
};

// The CDK's command runs the app where cdk.json is.
const projectContext = (): string[] =>
  Object.keys(JSON.parse(readFileSync('cdk.json', 'utf8')).context ?? {});

// The CDK's own keys have a namespace (@aws-cdk/…, aws:cdk:…), but for this one.
const OF_THE_CDK = /[:/@]|^acknowledged-issue-numbers$/;

const isMeantAsSetting = (key: string, fromProject: readonly string[]): boolean => {
  if (OF_THE_CDK.test(key)) return false;
  return isSettingName(key) || nearestSetting(key) !== undefined || !fromProject.includes(key);
};

const wayToTheFile = (key: string): string => {
  const setting = nearestSetting(key);
  const way = setting
    ? `write ${setting} into this file`
    : 'settings stand in this file, and there is none of that name';
  return `the context value ${key} (-c, --context) is not read; ${way}`;
};

import { existsSync, readFileSync } from 'node:fs';
import { isSettingName } from './counter-settings.ts';
import { nearestSetting } from './nearest-setting.ts';
import { SettingsError } from './settings-error.ts';

/**
 * Settings come only from the file. Throws a SettingsError for a context key that is a setting or
 * looks like one, which would otherwise be ignored silently: any key that belongs neither to the CDK
 * nor to the cdk.json of the working directory.
 */
export const checkContext = (keys: readonly string[], file: string): void => {
  const fromProject = projectContext();
  const refused = keys.filter((key) => looksLikeSetting(key, fromProject));
  if (refused.length > 0) throw new SettingsError(file, refused.map(describeRefused));
};

// The cdk command reads the cdk.json of the working directory; the package needs none.
const projectContext = (): string[] =>
  existsSync('cdk.json')
    ? Object.keys(JSON.parse(readFileSync('cdk.json', 'utf8')).context ?? {})
    : [];

// The keys of the CDK have a namespace (@aws-cdk/…, aws:cdk:…), except for this one.
const OF_THE_CDK = /[:/@]|^acknowledged-issue-numbers$/;

const looksLikeSetting = (key: string, fromProject: readonly string[]): boolean => {
  if (OF_THE_CDK.test(key)) return false;
  return isSettingName(key) || nearestSetting(key) !== undefined || !fromProject.includes(key);
};

const describeRefused = (key: string): string => {
  const setting = nearestSetting(key);
  const advice = setting
    ? `write ${setting} into this file`
    : 'settings belong in this file, and there is none of that name';
  return `the context value ${key} (-c, --context) is not read; ${advice}`;
};

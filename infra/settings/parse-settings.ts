import { Ajv } from 'ajv';
import { parseOrigins } from '../../src/settings/readers.ts';
import {
  type CounterSettings,
  DEFAULTS,
  isSettingName,
  SETTING_NAMES,
  type SettingName,
} from './counter-settings.ts';
import { DEFINITIONS } from './definitions.ts';
import { describeValues } from './describe-values.ts';
import { nearestSetting } from './nearest-setting.ts';
import { parseJsonObject } from './parse-json-object.ts';
import { SettingsError } from './settings-error.ts';

/** Where a text comes from. */
export interface SettingsOrigin {
  readonly file: string;
  /** The counter's name when the text does not give one. */
  readonly defaultName: string;
}

/** What a file says. */
export interface FileSettings {
  /** With each default in its place. */
  readonly settings: CounterSettings;
  /** The names that the file gives itself. */
  readonly given: readonly SettingName[];
}

/**
 * The settings in the text of a file. Throws a SettingsError that
 * tells all that is wrong: unknown keys with the nearest name, and values with what was expected.
 */
export const parseSettings = (text: string, origin: SettingsOrigin): FileSettings => {
  const { $schema, ...given } = parseJsonObject(text, origin.file);
  const settings = { ...DEFAULTS, name: origin.defaultName, ...given } as CounterSettings;
  const unknown = Object.keys(given).filter((key) => !isSettingName(key));
  const wrong = SETTING_NAMES.filter((name) => !isValid(name, settings[name]));
  const problems = [
    ...unknown.map(describeUnknown),
    ...wrong.map((name) => describeWrong(name, settings[name])),
    ...(wrong.length === 0 ? findContradictions(settings) : []),
  ];
  if (problems.length === 0) return { settings, given: Object.keys(given).filter(isSettingName) };
  throw new SettingsError(origin.file, problems);
};

const ajv = new Ajv();
const validators = new Map(
  SETTING_NAMES.map((name) => [name, ajv.compile(describeValues(DEFINITIONS[name]).schema)]),
);

const isValid = (name: SettingName, value: unknown): boolean =>
  validators.get(name)?.(value) === true && (name !== 'allowedOrigins' || areOrigins(value));

// The functions' own parser is the judge, so that what is deployed also starts.
const areOrigins = (value: unknown): boolean => parseOrigins(String(value)) !== undefined;

const describeUnknown = (key: string): string => {
  const nearest = nearestSetting(key);
  const hint = nearest
    ? `did you mean ${nearest}?`
    : `the settings are ${SETTING_NAMES.join(', ')}`;
  return `there is no setting ${JSON.stringify(key)}; ${hint}`;
};

const describeWrong = (name: SettingName, value: unknown): string =>
  `${name} must be ${describeValues(DEFINITIONS[name]).expected}, but it is ${JSON.stringify(value)}`;

// A session whose row stays as it is for longer than the window would be active no more, although
// its visitor is there.
const findContradictions = ({ touchIntervalSeconds, activeWindowMinutes }: CounterSettings) =>
  touchIntervalSeconds < activeWindowMinutes * 60
    ? []
    : [
        `touchIntervalSeconds must be below the ${activeWindowMinutes * 60} seconds of ` +
          `activeWindowMinutes, but it is ${touchIntervalSeconds}`,
      ];

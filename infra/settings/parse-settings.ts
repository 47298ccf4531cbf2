import { isAdmitted, parseCounters } from '../../src/settings/counter-lists.ts';
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
import { VALIDATORS } from './setting-validators.ts';
import { SettingsError } from './settings-error.ts';

/** Where a text of settings comes from. */
export interface SettingsOrigin {
  readonly file: string;
  /** The name of the counter if the text does not set one. */
  readonly defaultName: string;
}

/** The settings of a file. */
export interface FileSettings {
  /** With defaults filled in. */
  readonly settings: CounterSettings;
  /** The settings that the file itself sets. */
  readonly given: readonly SettingName[];
}

/**
 * Parses the text of a settings file. Throws a SettingsError that lists everything wrong: unknown keys
 * with the nearest name, and values with what was expected.
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

const isValid = (name: SettingName, value: unknown): boolean =>
  VALIDATORS[name](value) && (PARSERS[name]?.(value) ?? true);

// Checked by the functions' own parsers, so that every deployed value lets them start.
const PARSERS: Partial<Record<SettingName, (value: unknown) => boolean>> = {
  allowedOrigins: (value) => parseOrigins(String(value)) !== undefined,
  counters: (value) => parseCounters(value as string[]) !== undefined,
};

const describeUnknown = (key: string): string => {
  const nearest = nearestSetting(key);
  const hint = nearest
    ? `did you mean ${nearest}?`
    : `the settings are ${SETTING_NAMES.join(', ')}`;
  return `there is no setting ${JSON.stringify(key)}; ${hint}`;
};

const describeWrong = (name: SettingName, value: unknown): string =>
  `${name} must be ${describeValues(DEFINITIONS[name]).expected}, but it is ${JSON.stringify(value)}`;

const findContradictions = (settings: CounterSettings): string[] => [
  ...findLongInterval(settings),
  ...findUnknownWatched(settings),
  ...findUselessAlarmSettings(settings),
  ...findDigestToNobody(settings),
  ...findHalfOfTables(settings),
];

// With a longer interval, a session whose visitor is still there would stop being active, because
// none of its visits updates the row.
const findLongInterval = ({ touchIntervalSeconds, activeWindowMinutes }: CounterSettings) =>
  touchIntervalSeconds < activeWindowMinutes * 60
    ? []
    : [
        `touchIntervalSeconds must be below the ${activeWindowMinutes * 60} seconds of ` +
          `activeWindowMinutes, but it is ${touchIntervalSeconds}`,
      ];

// Nothing is ever counted for a name that `counters` does not admit.
const findUnknownWatched = ({ counters, watch }: CounterSettings) =>
  watch
    .filter((name) => !isAdmitted(name, counters))
    .map(
      (name) => `watch must hold names that counters admits, but it holds ${JSON.stringify(name)}`,
    );

// Someone who sets an address expects e-mails.
const findUselessAlarmSettings = (settings: CounterSettings) =>
  settings.alarms
    ? []
    : (['alarmEmail', 'runbookUrl'] as const)
        .filter((name) => settings[name] !== null)
        .map((name) => `${name} must be null, because alarms is false`);

const findDigestToNobody = ({ digest, alarms, alarmEmail }: CounterSettings) => {
  if (digest === 'off' || (alarms && alarmEmail !== null)) return [];
  const reason = alarms ? 'without alarmEmail, to which it is sent' : 'because alarms is false';
  return [`digest must be "off" ${reason}, but it is "${digest}"`];
};

// With one new table, the rows and the counts would be of different counters.
const findHalfOfTables = ({ sessionsTableStream, countsTable }: CounterSettings) => {
  const values = Object.entries({ sessionsTableStream, countsTable });
  const [unset, ...others] = values.filter(([, value]) => value === null).map(([name]) => name);
  return unset === undefined || others.length > 0
    ? []
    : [`sessionsTableStream and countsTable must be set together, but ${unset} is null`];
};

import { type CounterSettings, SETTING_NAMES, type SettingName } from './counter-settings.ts';
import { deriveSettings } from './derive-settings.ts';
import type { Template } from './template.ts';

/** Where in its template a stack records the settings that it was deployed with. */
export const RECORD = 'SessionCounterSettings';

/** What is known of the settings of a stack. */
export type KnownSettings = { readonly [Name in SettingName]?: CounterSettings[Name] };

// One string, because CloudFormation takes no null.
export const formatRecord = (settings: CounterSettings): string => JSON.stringify(settings);

/**
 * The settings that a stack was deployed with, from its template. An older version recorded none;
 * then they are derived from its resources, and one that left no trace there is missing.
 */
export const readRecord = (template: Template): KnownSettings => {
  const record = parseRecord(template.Metadata?.[RECORD]) ?? deriveSettings(template);
  const known = SETTING_NAMES.filter((name) => record[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, record[name]]));
};

const parseRecord = (record: unknown): Record<string, unknown> | undefined =>
  typeof record === 'string' ? JSON.parse(record) : undefined;

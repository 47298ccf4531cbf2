import { ACTIVE_SHARDS_TYPE } from '../active-shards-type.ts';
import { type CounterSettings, SETTING_NAMES, type SettingName } from './counter-settings.ts';
import { deriveSettings } from './derive-settings.ts';
import { resourcesOf, type Template } from './template.ts';

/** The key in the Metadata of a template under which a stack records its settings. */
export const RECORD = 'SessionCounterSettings';

/** The settings of a stack, as far as they are known. */
export type KnownSettings = { readonly [Name in SettingName]?: CounterSettings[Name] };

// One string, because CloudFormation does not accept null.
export const formatRecord = (settings: CounterSettings): string => JSON.stringify(settings);

/**
 * The settings that a stack was deployed with, from its template. What an older version did not record
 * is derived from its resources; a setting that does not show there is missing.
 */
export const readRecord = (template: Template): KnownSettings => {
  const recorded = parseRecord(template.Metadata?.[RECORD]);
  const record = forgetFormerDefault(template, { ...deriveSettings(template), ...recorded });
  const known = SETTING_NAMES.filter((name) => record[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, record[name]]));
};

// Earlier versions recorded their default like a number that was set. It must not stay in place of the one
// that follows from the throttle.
const forgetFormerDefault = (template: Template, record: Record<string, unknown>) =>
  record.activeShards === 4 && resourcesOf(template, ACTIVE_SHARDS_TYPE).length === 0
    ? { ...record, activeShards: null }
    : record;

const parseRecord = (record: unknown): Record<string, unknown> | undefined =>
  typeof record === 'string' ? JSON.parse(record) : undefined;

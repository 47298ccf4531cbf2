import { SITE } from '../../domain/counter-name.ts';
import { splitList } from '../../settings/counter-lists.ts';
import { type Environment, readCounterName, readOptional } from '../../settings/readers.ts';

/** The settings of a deployment that its alarms and its dashboard depend on, as a settings file has them. */
export interface ObservedSettings {
  readonly name: string;
  readonly counters: readonly string[];
  readonly watch: readonly string[];
  readonly legacyRoute: boolean;
}

/** The name of a deployment with the default settings. */
const DEFAULT_NAME = 'session-counter';

/** The settings of this run. Throws a SettingError for a malformed name. */
export const observedSettings = (env: Environment, legacyRoute: boolean): ObservedSettings => ({
  name: readCounterName(env) ?? DEFAULT_NAME,
  counters: splitList(readOptional(env, 'COUNTERS')),
  watch: splitList(readOptional(env, 'WATCHED_COUNTERS') ?? SITE),
  legacyRoute,
});

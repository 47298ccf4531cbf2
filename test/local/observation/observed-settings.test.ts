import { expect, it } from 'vitest';
import { DEFAULTS } from '../../../infra/settings/counter-settings.ts';
import { observedSettings } from '../../../src/local/observation/observed-settings.ts';
import { SettingError } from '../../../src/settings/setting-error.ts';

it('is the default of a deployment for a run without settings', () => {
  const { name, counters, watch, legacyRoute } = DEFAULTS;
  expect(observedSettings({}, false)).toEqual({ name, counters, watch, legacyRoute });
});

it('has the settings of the run that the dashboard depends on', () => {
  const env = { COUNTER_NAME: 'blog', COUNTERS: 'a, b/*', WATCHED_COUNTERS: 'site,a' };
  expect(observedSettings(env, true)).toEqual({
    ...{ name: 'blog', counters: ['a', 'b/*'], watch: ['site', 'a'], legacyRoute: true },
  });
});

it('rejects a malformed name', () => {
  expect(() => observedSettings({ COUNTER_NAME: 'my page' }, false)).toThrow(SettingError);
});

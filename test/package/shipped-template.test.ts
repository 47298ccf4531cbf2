import { expect, it } from 'vitest';
import { loadShippedTemplate } from '../../package/shipped-template.ts';
import { observedSettings } from '../../src/local/observation/observed-settings.ts';

const load = (env: Record<string, string>, legacyRoute = false): Promise<string> =>
  loadShippedTemplate(() => 'the template')(
    observedSettings(env, legacyRoute),
    new AbortController().signal,
  );

it('loads the template of a run with the default settings', async () => {
  expect(await load({})).toBe('the template');
});

it.each([
  [{ COUNTER_NAME: 'blog' }, false],
  [{ COUNTERS: 'blog' }, false],
  [{ COUNTERS: 'blog', WATCHED_COUNTERS: 'blog' }, false],
  [{}, true],
])('has none for %j and the legacy route %s', async (env, legacyRoute) => {
  await expect(load(env, legacyRoute)).rejects.toThrow(
    'The package has the dashboard of the default settings only',
  );
});
